import { randomFillSync } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Every kind of identified thing, by its type prefix. */
export const ID_PREFIXES = [
  'org',
  'usr',
  'app',
  'key',
  'vrf',
  'msg',
  'fct',
  'ses',
  'chl',
  'inv',
  'rol',
  'grt',
  'acc',
  'ltx',
  'lte',
  'opr',
  'aud',
  'req',
  'job',
  'tpl',
  'tpv',
  'prv',
  'lim',
  'frl',
  'ref',
  'sup',
  'exp',
  'tst',
  'chk',
  'vev',
  'rcv',
  'act',
  'rol',
  'upl',
  'gls',
  'atm',
  'out',
  'sta',
  'pwr',
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];

const RANDOM_BYTES = 16;
/** Random bytes for many ids at once, each used once: asking for a few at a time costs more than all else here. */
const pool = Buffer.alloc(256 * RANDOM_BYTES);
let used = pool.length;

function randomStart(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const start = used;
  used += RANDOM_BYTES;
  return start;
}

/**
 * A new id: the prefix, `_`, and a ULID (48 bits of time in milliseconds, then 80 fresh random bits), so that ids
 * sort by creation and none can be guessed from another. See the ULID specification; monotonic mode is not used,
 * because an increment would make neighbours guessable.
 */
export function newId(prefix: IdPrefix, atMs: number = Date.now()): string {
  let time = '';
  let rest = atMs;
  for (let i = 0; i < 10; i += 1) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  const start = randomStart();
  let random = '';
  for (let i = 0; i < RANDOM_BYTES; i += 1) random += ALPHABET.charAt((pool[start + i] ?? 0) & 31);
  return `${prefix}_${time}${random}`;
}

/** Whether the text is an id with this prefix. Says nothing about its existence. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return text.startsWith(`${prefix}_`) && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text.slice(prefix.length + 1));
}
