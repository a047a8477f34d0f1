import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tollgate } from '@tollgate/sdk';
import { startDemo, type Demo } from './harness/demo';
import { ROOT } from './harness/built-server';

/** The TypeScript of the README, with its import taken out and its address replaced. */
function example(url: string): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (block === undefined) throw new Error('the README shows no TypeScript');
  return block.replace("import { Tollgate } from '@tollgate/sdk';", '').replace('http://localhost:3000', url);
}

describe('the example of the README', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.server.close());

  it.each([
    ['the right code', (code: string) => code, 'it is them'],
    ['another code', (code: string) => code.replace(/.$/, (last) => String((Number(last) + 1) % 10)), 'it is not'],
  ])('tells who typed %s', async (_, type, said) => {
    const tollgate = new Tollgate({ apiKey: demo.credentials.test_key, baseUrl: demo.server.url });
    const askTheUser = async (): Promise<string> => {
      const inbox = await tollgate.test.lastCode('+27821234567');
      return type(inbox.ok ? (inbox.data ?? '') : '');
    };
    const words: string[] = [];
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...text: string[]
    ) => (...values: unknown[]) => Promise<void>;
    const run = new AsyncFunction('Tollgate', 'process', 'askTheUser', 'console', example(demo.server.url));
    await run(Tollgate, { env: { TOLLGATE_KEY: demo.credentials.test_key } }, askTheUser, {
      log: (text: string) => words.push(text),
    });
    expect(words).toEqual([said]);
    const [newest] = (await demo.keyed(demo.credentials.test_key).done('GET', '/v1/verifications?limit=1'))['data'] as {
      id: string;
    }[];
    await demo.keyed(demo.credentials.test_key).call('POST', `/v1/verifications/${newest?.id ?? ''}/cancel`);
  });
});
