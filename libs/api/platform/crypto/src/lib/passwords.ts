import { argon2, createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import bcrypt from 'bcrypt';
import { hmacSha256 } from './key-ring';
import { safeEqual } from './random';
import { Turnstile } from './turnstile';

const BCRYPT_COST = 12;
const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const argon2Async = promisify(argon2);

export interface PasswordCheck {
  readonly ok: boolean;
  /** The stored hash is older than today's settings: hash the password again and store that. */
  readonly renew: boolean;
}

/**
 * Password hashes: bcrypt cost 12 over base64(HMAC-SHA-256(pepper, NFKC(password))), so that nothing is cut at 72
 * bytes and a stolen database alone cannot be searched; or argon2id (19 MiB, 2 passes; OWASP) by setting. At most one
 * hash a core is in flight; the rest wait their turn, so that sign-ins cannot starve everything else.
 */
@Injectable()
export class Passwords {
  private readonly pepper: Buffer;
  private readonly turnstile = new Turnstile(availableParallelism());
  private decoy: Promise<string> | undefined;

  constructor(@Inject(Config) private readonly config: Config) {
    this.pepper = createHmac('sha256', config.hashKey).update('tollgate/password-pepper/v1').digest();
  }

  async hash(password: string): Promise<string> {
    return this.turnstile.pass(async () => {
      if (this.config.passwordHash === 'bcrypt') return `tg1${await bcrypt.hash(this.peppered(password), BCRYPT_COST)}`;
      const salt = randomBytes(16);
      const tag = await this.argon2Tag(password, salt);
      return `tg1$argon2id$v=19$m=${ARGON2.memory},t=${ARGON2.passes},p=1$${salt.toString('base64url')}$${tag}`;
    });
  }

  /** `stored` null: nobody has this name. The same work is done all the same, and the answer is no. */
  async verify(password: string, stored: string | null): Promise<PasswordCheck> {
    const known = stored ?? (await this.decoyHash());
    const right = await this.turnstile.pass(() => this.matches(password, known));
    return { ok: right && stored !== null, renew: right && stored !== null && !this.isCurrent(stored) };
  }

  private async matches(password: string, stored: string): Promise<boolean> {
    if (stored.startsWith('tg1$argon2id$')) {
      const [, , , , salt, tag] = stored.split('$');
      if (salt === undefined || tag === undefined) return false;
      return safeEqual(await this.argon2Tag(password, Buffer.from(salt, 'base64url')), tag);
    }
    if (stored.startsWith('tg1$2')) return bcrypt.compare(this.peppered(password), stored.slice(3));
    // A hash that was brought from an older system: plain bcrypt, renewed at this sign-in.
    return /^\$2[aby]\$\d\d\$/.test(stored) ? bcrypt.compare(password, stored.replace(/^\$2y/, '$2b')) : false;
  }

  private isCurrent(stored: string): boolean {
    return this.config.passwordHash === 'bcrypt'
      ? stored.startsWith(`tg1$2b$${BCRYPT_COST}$`)
      : stored.startsWith(`tg1$argon2id$v=19$m=${ARGON2.memory},t=${ARGON2.passes},p=1$`);
  }

  private peppered(password: string): string {
    return hmacSha256(this.pepper, password.normalize('NFKC')).toString('base64');
  }

  private async argon2Tag(password: string, salt: Buffer): Promise<string> {
    const tag = await argon2Async('argon2id', {
      message: Buffer.from(this.peppered(password)),
      nonce: salt,
      ...ARGON2,
    });
    return Buffer.from(tag).toString('base64url');
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash(randomBytes(16).toString('hex'));
    return this.decoy;
  }
}
