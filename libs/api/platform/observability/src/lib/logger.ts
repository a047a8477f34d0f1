import type { LoggerService } from '@nestjs/common';
import { destination, pino, type DestinationStream, type Logger as Pino } from 'pino';
import { redact, redactText } from './redact';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Parts of Nest that say at every start what is the same at every start. */
const CHATTER = new Set(['InstanceLoader', 'NestApplication', 'NestFactory', 'RouterExplorer', 'RoutesResolver']);

/** Beyond this many bytes waiting for a slow reader of stderr, lines are dropped rather than requests held up. */
const MAX_WAITING = 4 * 1024 * 1024;

function toStderr(): DestinationStream & { flushSync(): void } {
  const stream = destination({ fd: 2, sync: false, minLength: 0, maxLength: MAX_WAITING });
  // A reader that went away is no reason to end.
  stream.on('error', () => undefined);
  return stream;
}

/**
 * The log: JSON lines on stderr, one an event, every field and text redacted before it is written. It is also Nest's
 * logger, so that `new Logger('Name').error({ msg, … })` anywhere ends here.
 */
export class StructuredLogger implements LoggerService {
  private readonly pino: Pino;
  private readonly stream: DestinationStream & { flushSync?: () => void };

  /** @param stream where lines go; stderr unless a spec says otherwise */
  constructor(level: string, stream?: DestinationStream) {
    this.stream = stream ?? toStderr();
    this.pino = pino(
      {
        level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      this.stream,
    );
  }

  /** Whether lines of this level are written, for callers to whom making one is work. */
  writes(level: Level): boolean {
    return this.pino.isLevelEnabled(level);
  }

  write(level: Level, fields: object, message?: string): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const safe = redact(fields);
    if (message !== undefined) safe['msg'] = redactText(message);
    this.pino[level](safe);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.nest('info', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.nest('fatal', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.nest('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.nest('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.nest('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.nest('trace', message, rest);
  }

  /** Writes what waits, at the end of the process. */
  flush(): void {
    try {
      this.stream.flushSync?.();
    } catch {
      // Nobody is there to read it.
    }
  }

  /** Nest gives the context last, and a stack before it when an error was logged as text. */
  private nest(at: Level, message: unknown, rest: readonly unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const name = context === undefined ? {} : { context };
    const level = at === 'info' && CHATTER.has(context ?? '') ? 'debug' : at;
    if (message instanceof Error) this.write(level, { ...name, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.write(level, { ...name, ...message });
    else this.write(level, name, String(message));
  }
}
