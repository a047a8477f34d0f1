import { DomainError } from '@tollgate/api/kernel';
import { COMMON_WORDS, WALKS } from './common-words';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;

/** What a stranger can guess about this person: organization's name and slug, their own name and address. */
export type PasswordContext = readonly string[];

/** So much of a password must be left when everything guessable is taken out of it. */
const MIN_REST = 5;

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '+': 't',
};

export const codePoints = (text: string): number => Array.from(text.normalize('NFKC')).length;

/**
 * Refuses what the published lists and a look at the person would guess. There are no rules of composition: length and
 * not being guessable are all that counts (NIST SP 800-63B-4 3.1.1.2).
 * @throws DomainError password_too_weak, with the reason
 */
export function refuseWeakPassword(password: string, context: PasswordContext): void {
  const reason = weakness(password, context);
  if (reason !== null) throw new DomainError('password_too_weak', { detail: reason, param: 'new_password' });
}

/** The reason in one sentence, or null when the password may be used. */
export function weakness(password: string, context: PasswordContext): string | null {
  const length = codePoints(password);
  if (length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters; a few words are good`;
  if (length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters`;
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(Array.from(plain)).size < 5) return 'It repeats itself too much; use more different characters';
  if (isRepeated(plain)) return 'It repeats itself; use something longer that does not';
  const words = contextWords(context);
  for (const reading of [plain, leetless(plain)]) {
    const walked = withoutWalks(reading);
    const withoutContext = without(walked, words);
    if (lettersOf(withoutContext) < MIN_REST && withoutContext !== walked && lettersOf(walked) >= MIN_REST) {
      return 'It is made of your name, your address or your organization; those are guessed first';
    }
    if (lettersOf(without(withoutContext, COMMON_WORDS)) < MIN_REST && !manyWords(reading)) {
      return 'It is one of the passwords that are tried first; add words that have nothing to do with each other';
    }
  }
  return null;
}

function lettersOf(text: string): number {
  // Other scripts and signs count; digits alone do not make a word a secret.
  return Array.from(text.replace(/[\p{Nd}\s\p{P}\p{S}]/gu, '')).length;
}

/** Random digits and signs are a secret too, if there are enough of them; four words or more are as well. */
function manyWords(text: string): boolean {
  const words = text.split(/[^\p{L}]+/u).filter((word) => word.length >= 3);
  if (new Set(words).size >= 4) return true;
  const others = withoutWalks(text.replace(/\p{L}/gu, ''));
  return Array.from(others).length >= 12 && new Set(Array.from(others)).size >= 7;
}

function leetless(text: string): string {
  return Array.from(text, (character) => LEET[character] ?? character).join('');
}

function isRepeated(text: string): boolean {
  return /^(.{1,6}?)\1{2,}.{0,5}$/su.test(text);
}

function contextWords(context: PasswordContext): ReadonlySet<string> {
  const words = context
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map((text) => text.normalize('NFKC').toLowerCase())
    .filter((word) => Array.from(word).length >= 3);
  return new Set(['tollgate', ...words]);
}

/** The text without any of the words, longest first, so that a word inside another does not hide it. */
function without(text: string, words: ReadonlySet<string>): string {
  let rest = text;
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    if (rest.includes(word)) rest = rest.replaceAll(word, ' ');
  }
  return rest;
}

/** The text without stretches of four or more along a row of the keyboard or the alphabet, either way. */
function withoutWalks(text: string): string {
  let rest = text;
  for (const row of WALKS.flatMap((walk) => [walk, Array.from(walk).reverse().join('')])) {
    for (let start = 0; start + 4 <= rest.length; start += 1) {
      let length = 0;
      while (start + length < rest.length && row.includes(rest.slice(start, start + length + 1))) length += 1;
      if (length >= 4) rest = `${rest.slice(0, start)} ${rest.slice(start + length)}`;
    }
  }
  return rest;
}
