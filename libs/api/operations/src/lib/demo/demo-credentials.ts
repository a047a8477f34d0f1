import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const person = z.object({ email: z.string(), password: z.string() });

const credentials = z.object({
  organization_id: z.string(),
  application_id: z.string(),
  admin: person,
  super_admin: person,
  test_key: z.string(),
  live_key: z.string(),
});
export type DemoCredentials = z.infer<typeof credentials>;

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A password that can be read from a screen and typed: 16 characters of 5 random bits in four groups. */
export function readablePassword(): string {
  const characters = Array.from(randomBytes(16), (byte) => LETTERS.charAt(byte & 31)).join('');
  return (characters.match(/.{4}/g) ?? []).join('-');
}

/** What the demo printed, kept in the data folder for its owner alone. Null before the first start. */
export function readDemoCredentials(file: string): DemoCredentials | null {
  return existsSync(file) ? credentials.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export function keepDemoCredentials(file: string, made: DemoCredentials): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Written aside and renamed: a crash leaves the whole file or none.
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
