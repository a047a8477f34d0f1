import type { NamedKey } from './readers';

export type Profile = 'production' | 'demo' | 'test';

/** What the server was told, checked and complete. Nobody else reads the environment. */
export abstract class Config {
  abstract readonly profile: Profile;
  abstract readonly host: string;
  abstract readonly port: number;
  /** Origin without a slash at its end. */
  abstract readonly publicUrl: string;
  abstract readonly dataDir: string;
  abstract readonly logLevel: string;
  abstract readonly database:
    | { readonly engine: 'sqlite'; readonly file: string }
    | { readonly engine: 'mysql'; readonly url: string; readonly poolSize: number };
  abstract readonly redisUrl: string | null;
  abstract readonly processes: number;
  /** The current one first. */
  abstract readonly keys: readonly NamedKey[];
  abstract readonly hashKey: Buffer;
  abstract readonly passwordHash: 'bcrypt' | 'argon2id';
  abstract readonly trustedProxies: readonly string[];
  abstract readonly outboundAllow: readonly string[];
  abstract readonly metricsToken: string | null;
  abstract readonly metricsPort: number | null;
  abstract readonly mailFrom: string;
  abstract readonly outboxForLiveKeys: boolean;
  abstract readonly providerBaseUrls: 'none' | 'allow';
}
