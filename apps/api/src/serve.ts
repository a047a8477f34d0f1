import type { Config } from '@tollgate/api/config';
import { createHttpApplication, OpenRequests } from '@tollgate/api/http';
import type { StructuredLogger } from '@tollgate/api/observability';
import type { AddressInfo } from 'node:net';
import { AppModule } from './app.module';
import { serveConsole } from './console-files';
import { welcome } from './welcome';

/** Requests under way have so long to end. */
const DRAIN_MS = 20_000;
/** Then jobs and connections have so long; a supervisor that waits 60 s never has to kill. */
const CLOSE_MS = 30_000;

/**
 * Migrates, serves, and stops at SIGTERM or SIGINT: first it says that it is not ready and takes no new connections,
 * then requests under way end, then jobs, then the database is closed. Nothing that was acknowledged is lost at any
 * point, since every effect is committed before its answer; the order only spares clients a retry.
 * @returns the exit status: 0, or 1 when something did not end in time
 */
export async function serve(config: Config, logger: StructuredLogger): Promise<number> {
  const stop = stopSignal();
  const app = await createHttpApplication(AppModule.with(config, logger), { logger });
  serveConsole(app);
  await app.init();
  const words = await welcome(app, config);
  await app.listen({ port: config.port, host: config.host });
  const { port } = app.getHttpServer().address() as AddressInfo;
  logger.write('info', { port, host: config.host, profile: config.profile, public_url: config.publicUrl }, 'listening');
  process.stdout.write(words);

  const signal = await stop;
  logger.write('info', { signal }, 'stopping');
  const open = app.get(OpenRequests);
  const drained = await open.drain(app.getHttpServer(), DRAIN_MS);
  if (!drained) logger.write('warn', { open: open.count }, 'some requests did not end in time');
  const closed = await within(app.close(), CLOSE_MS);
  if (!closed) logger.write('error', {}, 'some work did not end in time');
  logger.write('info', { drained, closed }, 'stopped');
  return drained && closed ? 0 : 1;
}

/** The first signal stops in order; a second one at once, for whoever is impatient at a terminal. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let stopping = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (stopping && signal === 'SIGINT') process.exit(130);
        stopping = true;
        resolve(signal);
      });
    }
  });
}

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
