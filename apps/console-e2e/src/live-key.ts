import type { Site } from './installation';
import type { Visitor } from './visitor';

export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call of an application's server, which holds the key. */
export async function callWithKey(
  site: Site,
  key: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const answer = await fetch(site.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as ApiAnswer['body'] };
}

/** Makes a live key in the open form and gives what the console shows of it this once. */
export async function makeLiveKey(visitor: Visitor, name: string): Promise<string> {
  const { page } = visitor;
  await page.getByRole('radio', { name: /^Live/ }).check();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await visitor.inspect();
  await page.getByRole('button', { name: 'Create live key' }).click();
  const dialog = page.getByRole('dialog');
  const token = (await dialog.getByRole('region', { name: 'The secret' }).innerText()).trim();
  await visitor.inspect();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  await visitor.settle();
  return token;
}
