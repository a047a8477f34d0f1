import ipaddr from 'ipaddr.js';
import * as z from 'zod';

type Reader<T> = z.ZodType<T, string | undefined>;

const reader = <T>(read: (text: string) => T | undefined, complaint: string): Reader<T> =>
  z.string({ error: 'is not set' }).transform((text, context): T => {
    const value = read(text.trim());
    if (value === undefined) {
      context.addIssue({ code: 'custom', message: complaint });
      return z.NEVER;
    }
    return value;
  });

/** Null when it is not given. */
export const optional = <T>(inner: Reader<T>): Reader<T | null> =>
  z
    .string()
    .optional()
    .transform((text, context): T | null => {
      if (text === undefined || text === '') return null;
      const parsed = inner.safeParse(text);
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'is not valid' });
      return z.NEVER;
    });

export const text = (): Reader<string> => reader((value) => (value === '' ? undefined : value), 'must not be empty');

export const integer = (min: number, max: number): Reader<number> =>
  reader((value) => {
    const number = /^\d{1,12}$/.test(value) ? Number(value) : NaN;
    return number >= min && number <= max ? number : undefined;
  }, `must be a whole number from ${min} to ${max}`);

export const choice = <const T extends readonly string[]>(...values: T): Reader<T[number]> =>
  reader((value) => values.find((candidate) => candidate === value), `must be one of ${values.join(', ')}`);

export const yesNo = (): Reader<boolean> =>
  reader((value) => ({ true: true, false: false })[value], 'must be true or false');

export const httpUrl = (): Reader<string> =>
  reader((value) => {
    if (!URL.canParse(value)) return undefined;
    const url = new URL(value);
    const plain =
      (url.pathname === '/' || url.pathname === '') && url.search === '' && url.hash === '' && url.username === '';
    return plain && (url.protocol === 'http:' || url.protocol === 'https:') ? url.origin : undefined;
  }, 'must be an http or https address without path, such as https://id.example.com');

export const url = (...protocols: string[]): Reader<string> =>
  reader(
    (value) => (URL.canParse(value) && protocols.includes(new URL(value).protocol) ? value : undefined),
    `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

const range = (part: string): string | undefined => {
  if (ipaddr.isValidCIDR(part)) return part;
  return ipaddr.isValid(part) ? `${part}/${ipaddr.parse(part).kind() === 'ipv4' ? 32 : 128}` : undefined;
};

/** Addresses and CIDR ranges, separated by commas. */
export const addressRanges = (): Reader<readonly string[]> =>
  reader((value) => {
    const parts = value === '' ? [] : value.split(',').map((part) => range(part.trim()));
    return parts.every((part): part is string => part !== undefined) ? parts : undefined;
  }, 'must be addresses or CIDR ranges separated by commas, such as 10.0.0.0/8,::1');

/** Host names (`*.example.com` too), addresses and CIDR ranges, separated by commas. */
export const hostList = (): Reader<readonly string[]> =>
  reader((value) => {
    const parts = value === '' ? [] : value.split(',').map((part) => part.trim().toLowerCase());
    return parts.every((part) => /^(\*\.)?[a-z0-9.-]+$/.test(part) || range(part) !== undefined) ? parts : undefined;
  }, 'must be host names, addresses or CIDR ranges separated by commas');

export interface NamedKey {
  readonly id: string;
  readonly bytes: Buffer;
}

const keyBytes = (value: string): Buffer | undefined => {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === 32 && bytes.toString('base64').replace(/=+$/, '') === value.replace(/=+$/, '')
    ? bytes
    : undefined;
};

export const key = (): Reader<Buffer> => reader(keyBytes, 'must be 32 random bytes in base64');

/** `id:base64,id:base64`, the current key first. */
export const keyList = (): Reader<readonly NamedKey[]> =>
  reader((value) => {
    const keys = value.split(',').map((part) => {
      const [id, encoded] = part.trim().split(':');
      const bytes = encoded === undefined ? undefined : keyBytes(encoded);
      return id !== undefined && /^[a-z0-9]{1,12}$/.test(id) && bytes !== undefined ? { id, bytes } : undefined;
    });
    const good = keys.every((entry): entry is NamedKey => entry !== undefined);
    return good && new Set(keys.map((entry) => entry.id)).size === keys.length ? keys : undefined;
  }, 'must be id:base64 pairs of 32 random bytes each, separated by commas, the current one first');
