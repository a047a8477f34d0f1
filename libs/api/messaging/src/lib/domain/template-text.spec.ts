import * as fc from 'fast-check';
import { escapeHtml, holesOf, inert, isolated, renderText, strayBraces, withoutLinks } from './template-text';

describe('the text of templates', () => {
  it('puts values into their holes and leaves unknown ones empty', () => {
    expect(
      renderText('{{code}} is your {{ application }} code{{nothing}}.', { code: '123', application: 'Acme' }, 'sms'),
    ).toBe('123 is your Acme code.');
  });

  it.each([
    '{{code}}',
    '{{constructor.constructor("return process")()}}',
    '{{#each x}}',
    '${code}',
    '$&',
    '$1',
    '<%= 1 %>',
  ])('keeps %s in a value as literal text', (value) => {
    expect(renderText('Hi {{name}}!', { name: value, code: '123456' }, 'sms')).toBe(`Hi ${value}!`);
  });

  it('does not reach inherited members', () => {
    expect(renderText('{{constructor}}{{valueof}}', {}, 'sms')).toBe('');
  });

  it('never reads a value twice, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(renderText('<{{a}}>', { a: value, b: 'secret' }, 'mail_text')).toBe(`<${value}>`);
      }),
    );
  });

  it('escapes values in HTML', () => {
    expect(renderText('<p>{{name}}</p>', { name: `<img src=x onerror="a('b')">&` }, 'mail_html')).toBe(
      `<p>&#60;img src=x onerror=&#34;a(&#39;b&#39;)&#34;&#62;&#38;</p>`,
    );
    expect(escapeHtml('plain')).toBe('plain');
  });

  it('makes a value one line without marks of direction', () => {
    expect(inert('A\r\nBcc: x@y\u2028@evil.example #1\u202E321')).toBe('A Bcc: x@y @evil.example #1321');
    expect(inert('x'.repeat(500))).toHaveLength(200);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(inert(value)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202E]/u);
      }),
    );
  });

  it('takes the life out of links and leaves ordinary text alone', () => {
    expect(withoutLinks('https://evil.example/x')).toBe('https: evil. example/x');
    expect(withoutLinks('Dr. A. B. Smith, 3.14 St.')).toBe('Dr. A. B. Smith, 3.14 St.');
  });

  it('finds the holes and the braces that are none', () => {
    expect(holesOf('{{a}} {{ b }} {{a}}')).toEqual(['a', 'b']);
    for (const bad of ['{{Code}}', '{{#if x}}', '{{a', 'a}}', '{{a b}}', '{{a|url}}', '{{}}'])
      expect(strayBraces(bad)).not.toBeNull();
    expect(strayBraces('fine {{a}} { b } }')).toBeNull();
  });

  it('isolates codes in right-to-left languages only', () => {
    expect(isolated('123', 'ar-EG')).toBe('\u2068123\u2069');
    expect(isolated('123', 'en')).toBe('123');
    expect(isolated('123', 'arn')).toBe('123');
  });
});
