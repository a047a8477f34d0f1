import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './harness/built-server';
import { startServer, type RunningServer } from './harness/server';

describe('the console', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.close());

  it('is built', () => {
    expect(existsSync(join(ROOT, 'dist/console/index.html'))).toBe(true);
  });

  it.each(['/', '/me', '/me/sessions', '/o/org_1/verifications', '/finance', '/platform/system'])(
    'answers %s with its one page',
    async (path) => {
      const answer = await server.fetch(path);
      const text = await answer.text();
      const nonce = /ngCspNonce="([^"]+)"/i.exec(text)?.[1] ?? 'none';
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toMatch(/unsafe-(inline|eval)/);
      expect(text).not.toMatch(/ style="|<script>|https?:\/\//);
    },
  );

  it('has a nonce of its own on every answer', async () => {
    const policies = await Promise.all(
      [1, 2, 3].map(async () => (await server.fetch('/')).headers.get('content-security-policy')),
    );
    expect(new Set(policies).size).toBe(3);
  });

  it('lets browsers keep what is named by its content, and asks again for the rest', async () => {
    const page = await (await server.fetch('/')).text();
    const script = /src="(main-[A-Z0-9]{8}\.js)"/.exec(page)?.[1] ?? '';
    const answer = await server.fetch(`/${script}`, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect((await server.fetch('/favicon.svg')).headers.get('cache-control')).toBe('public, max-age=300');
  });
});
