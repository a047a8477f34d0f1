import fc from 'fast-check';
import { returnPath } from './return-path';

describe('where to go after signing in', () => {
  it.each(['/', '/o/acme/users', '/o/acme/users?q=ann&f.status=active,pending', '/platform#top', '/me/security'])(
    'is %s when asked for',
    (path) => {
      expect(returnPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    '',
    'https://evil.example',
    'https://ok.com.evil.tld',
    'https://ok.com@evil.tld',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    '/..//evil.example',
    '/..;/evil',
    '/a/..;/b',
    '/a/../b',
    '/%2e%2e/b',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/%252f%252fevil.example',
    '/a%0d%0aSet-Cookie:x=1',
    '/\tevil',
    '\t//evil.example',
    '/\n/evil.example',
    ' /evil',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '/x"onmouseover="alert(1)',
    '/<script>',
    '/päth',
    'http://localhost:3000@evil.example/',
    '@evil.example',
    '.evil.example',
    '/.//evil.example',
    '//evil.example@localhost:3000',
    '/sign-in?return_to=/',
    '/sign-out',
    '/setup',
    '/invite/abc',
    '/v1/session',
    `/${'a'.repeat(2_000)}`,
  ])('is the start page when asked for %j', (path) => {
    expect(returnPath(path)).toBe('/');
  });

  it('never leaves the origin, whatever the text', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ';',
      '@',
      ':',
      '//',
      '%2f',
      '%5c',
      'evil.example',
      '\t',
      '\n',
      '?',
      '#',
      'a',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const url = new URL(returnPath(text), 'https://tollgate.example/sign-in');
          return url.origin === 'https://tollgate.example';
        },
      ),
    );
  });
});
