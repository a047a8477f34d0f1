import { randomBytes } from 'node:crypto';
import type { Config } from '@tollgate/api/config';
import { apiToken } from './api-token';
import { DerivationKeys } from './derivation-keys';
import { KeyedHash } from './keyed-hash';
import { Passwords } from './passwords';
import { normalizeRecoveryCode, recoveryCodes } from './random';
import { SecretBox } from './secret-box';
import { Turnstile } from './turnstile';

const first = { id: 'k1', bytes: randomBytes(32) };
const second = { id: 'k2', bytes: randomBytes(32) };
const hashKey = randomBytes(32);
const config = (keys = [first], passwordHash: 'bcrypt' | 'argon2id' = 'bcrypt') =>
  ({ keys, hashKey, passwordHash }) as unknown as Config;

describe('SecretBox', () => {
  it('gives back what was sealed, and never the same text twice', () => {
    const box = new SecretBox(config());
    const [a, b] = [box.seal('sésame', 'factor:1'), box.seal('sésame', 'factor:1')];
    expect(a).not.toBe(b);
    expect(box.open(a, 'factor:1')).toBe('sésame');
  });

  it('does not open under another context, after a change, or without the key', () => {
    const box = new SecretBox(config());
    const sealed = box.seal('secret', 'factor:1');
    // The first character of a part: the last one has bits that base64 does not read.
    const flip = (part: string): string => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    expect(() => box.open(sealed, 'factor:2')).toThrow();
    for (const at of [1, 2, 3]) {
      const changed = sealed
        .split('.')
        .map((part, i) => (i === at ? flip(part) : part))
        .join('.');
      expect(() => box.open(changed, 'factor:1')).toThrow();
    }
    expect(() => new SecretBox(config([second])).open(sealed, 'factor:1')).toThrow(/TOLLGATE_KEYS/);
  });

  it('opens what an older key sealed, and says that it is stale', () => {
    const sealed = new SecretBox(config()).seal('secret', 'x');
    const rotated = new SecretBox(config([second, first]));
    expect(rotated.open(sealed, 'x')).toBe('secret');
    expect([rotated.isStale(sealed), rotated.isStale(rotated.seal('secret', 'x'))]).toEqual([true, false]);
  });
});

describe('KeyedHash', () => {
  it('is the same for the same value and differs by purpose', () => {
    const hash = new KeyedHash(config());
    expect(hash.of('session', 'v')).toBe(new KeyedHash(config()).of('session', 'v'));
    expect(hash.of('session', 'v')).not.toBe(hash.of('api_key', 'v'));
    expect(hash.of('session', 'v')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('DerivationKeys', () => {
  it('keeps older keys by id and forgets absent ones', () => {
    const before = new DerivationKeys(config()).current();
    const rotated = new DerivationKeys(config([second, first]));
    expect(rotated.current().id).toBe('k2');
    expect(rotated.byId('k1')).toEqual(before.key);
    expect(rotated.byId('k9')).toBeNull();
  });
});

describe('apiToken', () => {
  it('recognizes its own and no mistyped one', () => {
    const token = apiToken.create('live');
    expect(apiToken.parse(token)).toEqual({ kind: 'live' });
    expect(apiToken.parse(apiToken.create('test'))).toEqual({ kind: 'test' });
    for (let i = 0; i < token.length; i += 1) {
      const other = token[i] === 'x' ? 'y' : 'x';
      expect(apiToken.parse(token.slice(0, i) + other + token.slice(i + 1))).toBeNull();
    }
    expect([apiToken.parse(''), apiToken.parse(`${token} `), apiToken.parse(token.replace('live', 'test'))]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('recovery codes', () => {
  it('are recognized however they are typed', () => {
    const codes = recoveryCodes(10);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(normalizeRecoveryCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(code);
    expect(normalizeRecoveryCode('oil00-00000')).toBe('01100-00000');
    expect([normalizeRecoveryCode('short'), normalizeRecoveryCode('UUUUU-UUUUU')]).toEqual([null, null]);
  });
});

describe('Passwords', () => {
  it('tells passwords apart beyond 72 bytes, and treats two forms of one text alike', async () => {
    const passwords = new Passwords(config());
    const long = 'a'.repeat(75);
    const stored = await passwords.hash(`${long}b1234`);
    expect((await passwords.verify(`${long}b1234`, stored)).ok).toBe(true);
    expect((await passwords.verify(`${long}c1234`, stored)).ok).toBe(false);
    const accent = await passwords.hash('caf\u00e9 au lait');
    expect((await passwords.verify('cafe\u0301 au lait', accent)).ok).toBe(true);
  }, 30_000);

  it('verifies hashes of older and other kinds and asks to renew them', async () => {
    const bcryptNow = new Passwords(config());
    const argonNow = new Passwords(config([first], 'argon2id'));
    // Of the test vectors of crypt_blowfish; $2y$ is how PHP writes it.
    const brought = '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';
    expect(await bcryptNow.verify('U*U', brought)).toEqual({ ok: true, renew: true });
    const stored = await argonNow.hash('correct horse');
    expect(await argonNow.verify('correct horse', stored)).toEqual({ ok: true, renew: false });
    expect(await bcryptNow.verify('correct horse', stored)).toEqual({ ok: true, renew: true });
    expect((await argonNow.verify('wrong horse', stored)).ok).toBe(false);
  }, 30_000);

  it('never accepts a password for nobody', async () => {
    expect(await new Passwords(config()).verify('anything at all', null)).toEqual({ ok: false, renew: false });
  }, 30_000);
});

describe('Turnstile', () => {
  it('never lets more through than it has places, and lets all through in the end', async () => {
    const turnstile = new Turnstile(2);
    let inside = 0;
    let most = 0;
    const done = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        turnstile
          .pass(async () => {
            inside += 1;
            most = Math.max(most, inside);
            await new Promise((resume) => setImmediate(resume));
            inside -= 1;
            if (i % 5 === 0) return Promise.reject(new Error('failed'));
            return i;
          })
          .catch(() => -1),
      ),
    );
    expect(most).toBe(2);
    expect(done.filter((value) => value === -1)).toHaveLength(4);
  });
});
