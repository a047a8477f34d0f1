import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from './read-config';

const directory = () => mkdtempSync(join(tmpdir(), 'tollgate-config-'));
const secret = () => randomBytes(32).toString('base64');
const production = () => ({
  TOLLGATE_PUBLIC_URL: 'https://id.example.com',
  TOLLGATE_KEYS: `k1:${secret()}`,
  TOLLGATE_HASH_KEY: secret(),
});

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw error;
  }
}

describe('readConfig', () => {
  it('is production unless told, with documented defaults', () => {
    const config = readConfig(production());
    expect([config.profile, config.port, config.outboxForLiveKeys, config.trustedProxies]).toEqual([
      'production',
      3000,
      false,
      [],
    ]);
  });

  it('names every variable at fault at once, with what is wrong and an example', () => {
    const error = (() => {
      try {
        return readConfig({
          ...production(),
          PORT: 'eighty',
          LOG_LEVEL: 'loud',
          DATABASE_URL: 'postgres://x',
          TOLLGATE_TRUSTED_PROXIES: '10.0.0.300',
        });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ConfigError);
    const text = String(error);
    expect(text).toContain('PORT must be a whole number from 0 to 65535. Example: PORT=8080');
    expect(text).toContain('LOG_LEVEL must be one of');
    expect(text).toContain('DATABASE_URL must be an address that starts with');
    expect(text).toContain('TOLLGATE_TRUSTED_PROXIES must be addresses or CIDR ranges');
  });

  it('refuses to start production without secrets or with weak ones', () => {
    expect(problemsOf({})).toEqual([
      'TOLLGATE_PUBLIC_URL must be set in production',
      'TOLLGATE_KEYS must be set in production',
      'TOLLGATE_HASH_KEY must be set in production',
    ]);
    const typed = Buffer.from('changeme-changeme-changeme-12345').toString('base64');
    expect(problemsOf({ ...production(), TOLLGATE_HASH_KEY: typed })).toEqual(['TOLLGATE_HASH_KEY is not random']);
    expect(problemsOf({ ...production(), TOLLGATE_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` })).toEqual([
      'TOLLGATE_KEYS holds a key that is not random',
    ]);
    expect(problemsOf({ ...production(), TOLLGATE_KEYS: 'k1:c2hvcnQ=' })[0]).toContain(
      'TOLLGATE_KEYS must be id:base64 pairs',
    );
    const same = secret();
    expect(problemsOf({ ...production(), TOLLGATE_KEYS: `k1:${same}`, TOLLGATE_HASH_KEY: same })).toEqual([
      'TOLLGATE_HASH_KEY must differ from every key in TOLLGATE_KEYS',
    ]);
    expect(problemsOf({ ...production(), METRICS_TOKEN: 'short' })).toEqual([
      'METRICS_TOKEN must have 24 characters or more',
    ]);
  });

  it('makes keys of its own for an embedded installation once, readable by its owner alone', () => {
    const dataDir = directory();
    const environment = { TOLLGATE_PROFILE: 'demo', TOLLGATE_DATA_DIR: dataDir };
    const [one, two] = [readConfig(environment), readConfig(environment)];
    expect(one.hashKey).toEqual(two.hashKey);
    expect(one.keys).toEqual(two.keys);
    expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'keys.json'), 'utf8')).toContain(one.hashKey.toString('base64'));
  });

  it('binds loopback in the demo whatever HOST says', () => {
    const config = readConfig({
      TOLLGATE_PROFILE: 'demo',
      HOST: '0.0.0.0',
      TOLLGATE_DATA_DIR: directory(),
      PORT: '4000',
    });
    expect([config.host, config.publicUrl, config.outboxForLiveKeys]).toEqual([
      '127.0.0.1',
      'http://localhost:4000',
      true,
    ]);
  });

  it('reads engines, lists and rotated keys', () => {
    const keys = `k2:${secret()},k1:${secret()}`;
    const config = readConfig({
      ...production(),
      TOLLGATE_KEYS: keys,
      DATABASE_URL: 'mysql://u:p@127.0.0.1:3306/t',
      TOLLGATE_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    });
    expect(config.database).toEqual({ engine: 'mysql', url: 'mysql://u:p@127.0.0.1:3306/t', poolSize: 24 });
    expect(config.keys.map((key) => key.id)).toEqual(['k2', 'k1']);
    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1/128']);
  });
});
