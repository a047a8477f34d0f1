import { isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Config, Profile } from './config';
import { keysOfDataDir } from './key-file';
import { SETTINGS, type SettingName } from './schema';

type Values = { [N in SettingName]: z.infer<(typeof SETTINGS)[N]['schema']> };

/** What is wrong with the environment, one line a variable. The server prints it and ends with status 78. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly { variable: string; problem: string; example: string }[]) {
    const lines = problems.map(
      ({ variable, problem, example }) => `  ${variable} ${problem}. Example: ${variable}=${example}`,
    );
    super(`Tollgate cannot start with this configuration:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

function readValues(environment: Environment): Values {
  const problems: { variable: string; problem: string; example: string }[] = [];
  const entries = Object.entries(SETTINGS).map(([name, setting]) => {
    const fallback = 'fallback' in setting ? setting.fallback : undefined;
    const given = environment[setting.variable];
    const parsed = setting.schema.safeParse(given === undefined || given === '' ? fallback : given);
    if (!parsed.success) {
      problems.push({
        variable: setting.variable,
        problem: parsed.error.issues[0]?.message ?? 'is not valid',
        example: setting.example,
      });
    }
    return [name, parsed.data];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.fromEntries(entries) as Values;
}

/** 32 bytes that somebody typed rather than drew: few different ones, or readable text. */
export function looksWeak(bytes: Buffer): boolean {
  return new Set(bytes).size < 16 || /^[\x20-\x7e]{32}$/.test(bytes.toString('latin1'));
}

function refuseWeakSecrets(values: Values): void {
  const problems: { variable: string; problem: string; example: string }[] = [];
  const complain = (name: SettingName, problem: string) =>
    problems.push({ variable: SETTINGS[name].variable, problem, example: SETTINGS[name].example });
  if (values.publicUrl === null) complain('publicUrl', 'must be set in production');
  if (values.keys === null) complain('keys', 'must be set in production');
  else if (values.keys.some((key) => looksWeak(key.bytes))) complain('keys', 'holds a key that is not random');
  if (values.hashKey === null) complain('hashKey', 'must be set in production');
  else if (looksWeak(values.hashKey)) complain('hashKey', 'is not random');
  else if (values.keys?.some((key) => key.bytes.equals(values.hashKey ?? Buffer.alloc(0)))) {
    complain('hashKey', 'must differ from every key in TOLLGATE_KEYS');
  }
  if (values.metricsToken !== null && values.metricsToken.length < 24)
    complain('metricsToken', 'must have 24 characters or more');
  if (problems.length > 0) throw new ConfigError(problems);
}

function databaseOf(values: Values, dataDir: string): Config['database'] {
  const given = values.databaseUrl;
  if (given === null) return { engine: 'sqlite', file: join(dataDir, 'tollgate.db') };
  if (given.startsWith('sqlite:')) {
    const path = given.slice('sqlite:'.length);
    return { engine: 'sqlite', file: isAbsolute(path) ? path : resolve(path) };
  }
  return { engine: 'mysql', url: given, poolSize: values.databasePoolSize };
}

function withOwnKeys(values: Values, dataDir: string): { keys: Config['keys']; hashKey: Buffer } {
  if (values.keys !== null && values.hashKey !== null) return { keys: values.keys, hashKey: values.hashKey };
  const made = keysOfDataDir(dataDir);
  const keys = values.keys ?? SETTINGS.keys.schema.parse(made.keys);
  const hashKey = values.hashKey ?? SETTINGS.hashKey.schema.parse(made.hashKey);
  if (keys === null || hashKey === null) throw new Error('the key file holds no keys');
  return { keys, hashKey };
}

/** Reads and checks the whole environment at once. Throws `ConfigError` that names every variable at fault. */
export function readConfig(environment: Environment): Config {
  const values = readValues(environment);
  const profile: Profile = values.profile;
  if (profile === 'production') refuseWeakSecrets(values);
  const dataDir = resolve(values.dataDir);
  const { keys, hashKey } = withOwnKeys(values, dataDir);
  return {
    profile,
    host: profile === 'demo' ? '127.0.0.1' : values.host,
    port: values.port,
    publicUrl: values.publicUrl ?? `http://localhost:${values.port}`,
    dataDir,
    logLevel: values.logLevel,
    database: databaseOf(values, dataDir),
    redisUrl: values.redisUrl,
    processes: values.processes,
    keys,
    hashKey,
    passwordHash: values.passwordHash,
    trustedProxies: values.trustedProxies,
    outboundAllow: values.outboundAllow,
    metricsToken: values.metricsToken,
    metricsPort: values.metricsPort,
    mailFrom: values.mailFrom,
    outboxForLiveKeys: profile === 'demo' || values.outboxForLiveKeys,
    providerBaseUrls: values.providerBaseUrls,
  };
}
