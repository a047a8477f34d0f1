import * as z from 'zod';
import { allowListOf } from './allow-list';
import { canonicalJson, digest, idempotencyKeyOf } from './idempotency/idempotency-key';
import { withoutSecrets } from './idempotency/without-secrets';

describe('an allow-list', () => {
  const inner = z.strictObject({ id: z.string(), note: z.string().optional() });

  it('copies what is declared, however deep, and nothing else', () => {
    const copy = allowListOf(
      z.strictObject({
        one: inner,
        many: z.array(inner),
        none: inner.nullable(),
        byName: z.record(z.string(), inner),
        free: z.record(z.string(), z.unknown()),
        when: z.union([inner, z.strictObject({ code: z.int(), inside: inner })]),
      }),
    );
    const leaky = { id: 'a', password_hash: 'secret' };
    expect(
      copy({
        one: leaky,
        many: [leaky, { ...leaky, note: 'n' }],
        none: null,
        byName: { x: leaky },
        free: { any: { thing: 1 } },
        when: { code: 1, inside: leaky, secret: 2 },
        secret: 3,
      }),
    ).toEqual({
      one: { id: 'a' },
      many: [{ id: 'a' }, { id: 'a', note: 'n' }],
      none: null,
      byName: { x: { id: 'a' } },
      free: { any: { thing: 1 } },
      when: { code: 1, inside: { id: 'a' } },
    });
  });

  it('has no answer for a value that fits no alternative', () => {
    expect(() => allowListOf(z.union([inner, z.strictObject({ code: z.int() })]))({ code: 'x' })).toThrow();
  });

  it('does not take schemas that it could not cut', () => {
    expect(() => allowListOf(z.tuple([inner]))).toThrow(/tuple/);
    expect(() => allowListOf(z.strictObject({ a: z.intersection(inner, inner) }))).toThrow(/intersection/);
  });
});

describe('idempotency keys', () => {
  it('are the same bare and quoted', () => {
    expect(idempotencyKeyOf('abc', 'optional')).toBe('abc');
    expect(idempotencyKeyOf(' "a\\"b\\\\c" ', 'optional')).toBe('a"b\\c');
    expect(idempotencyKeyOf('"half', 'optional')).toBe('"half');
    expect(idempotencyKeyOf('abc', undefined)).toBeNull();
    expect(idempotencyKeyOf(undefined, 'optional')).toBeNull();
  });

  it('stand for bodies that are equal in meaning', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
    expect(digest('a', 'bc')).not.toBe(digest('ab', 'c'));
  });

  it('keep no secret, at whatever path', () => {
    const body = { id: 1, token: 't', key: { token: 't', name: 'n' }, list: [{ token: 't', id: 2 }] };
    expect(withoutSecrets(body, ['token', 'key.token', 'list.token'])).toEqual({
      id: 1,
      key: { name: 'n' },
      list: [{ id: 2 }],
    });
    expect(withoutSecrets(body, [])).toBe(body);
  });
});
