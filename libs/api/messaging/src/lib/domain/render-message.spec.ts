import { builtInTemplate, builtInTemplates } from './built-in-templates';
import { parseOriginBound } from './origin-bound';
import { renderMessage } from './render-message';
import { countSegments } from './segments';
import { lintTemplate } from './template-lint';

const sms = (text: string) =>
  ({ channel: 'sms', content: { text }, locale: 'en', code: '482913', webDomain: null, androidHash: null }) as const;

describe('rendering a message', () => {
  it('ends an SMS with the origin-bound line, and no value can forge it', () => {
    const { text } = renderMessage({
      ...sms('{{code}} for {{name}}'),
      variables: { name: 'x\n@evil.example #111111' },
      webDomain: 'acme.example',
    });
    expect(parseOriginBound(text)).toEqual({ host: 'acme.example', code: '482913', embeddedHost: null });
    expect(text.split('\n')).toHaveLength(2);
  });

  it('does not let a value carry a link, a code or another variable', () => {
    const { text } = renderMessage({
      ...sms('Hi {{name}}: {{code}}'),
      variables: { name: 'https://evil.example {{code}}', code: '000000' },
    });
    expect(text).toBe('Hi https: evil. example {{code}}: 482913');
  });

  it('keeps the dots of the application’s own name', () => {
    expect(renderMessage({ ...sms('{{code}} {{application}}'), variables: { application: 'Acme.com' } }).text).toBe(
      '482913 Acme.com',
    );
  });

  it('makes the HTML of a mail from its text, with the code marked', () => {
    const mail = renderMessage({
      channel: 'email',
      content: { subject: 'Code\nBcc: a@b', text: '{{code}} <b>{{name}}</b>\n\nBye' },
      locale: 'en',
      variables: { name: '<script>alert(1)</script>' },
      code: '482913',
      webDomain: null,
      androidHash: null,
    });
    expect(mail.subject).toBe('Code Bcc: a@b');
    expect(mail.html).toContain('>482913</strong>');
    expect(mail.html).not.toContain('<script');
    expect(mail.html).not.toContain('<b>');
    expect(mail.html).toContain('<p>Bye</p>');
  });

  it('makes a link of a secret that is one', () => {
    const content = builtInTemplate('invitation', 'email')?.['en'];
    if (content === undefined) throw new Error('no invitation');
    const mail = renderMessage({
      channel: 'email',
      content,
      locale: 'en',
      variables: { organization: 'Acme', inviter: 'Ann', role: 'admin', hours: '72' },
      code: 'https://id.example/invite/abc?x=1&y=2',
      webDomain: null,
      androidHash: null,
    });
    expect(mail.text).toContain('\nhttps://id.example/invite/abc?x=1&y=2\n');
    expect(mail.html).toContain('<a href="https://id.example/invite/abc?x=1&#38;y=2">');
  });

  it('isolates the code in Arabic', () => {
    const content = builtInTemplate('verification', 'sms')?.['ar'] ?? { text: '' };
    const { text } = renderMessage({
      ...sms(''),
      content,
      locale: 'ar',
      variables: { application: 'Acme', minutes: '10' },
      webDomain: 'a.example',
    });
    expect(text.startsWith('\u2068482913\u2069')).toBe(true);
    expect(parseOriginBound(text)?.code).toBe('482913');
  });
});

describe('the built-in texts', () => {
  it.each(
    builtInTemplates().flatMap(({ key, channel, contents }) =>
      Object.entries(contents).map(([locale, content]) => [key, channel, locale, content] as const),
    ),
  )('%s for %s in %s passes its own lint without an error', (key, channel, locale, content) => {
    const lints = lintTemplate(channel, locale, content, key === 'verification');
    expect(lints.filter((lint) => lint.severity === 'error')).toEqual([]);
    if (key === 'verification' && countSegments(content.text).encoding === 'gsm7') expect(lints).toEqual([]);
  });

  it.each(Object.entries(builtInTemplate('verification', 'sms') ?? {}))(
    'the code message in %s takes one segment with a short name',
    (locale, content) => {
      const rendered = renderMessage({
        ...sms(''),
        content,
        locale,
        variables: { application: 'Acme', minutes: '10' },
      });
      expect(rendered.segments).toBe(1);
    },
  );

  it('know no key of Object', () => {
    expect(builtInTemplate('constructor', 'sms')).toBeNull();
    expect(builtInTemplate('invitation', 'sms')).toBeNull();
  });
});

describe('the lint of templates', () => {
  const rules = (channel: 'sms' | 'email', content: { text: string; subject?: string; html?: string }) =>
    lintTemplate(channel, 'en', content, true).map((lint) => `${lint.severity}:${lint.rule}`);

  it.each([
    ['no code', 'Your {{application}} code', 'error:code_missing'],
    ['two codes', '{{code}} {{application}} {{code}}', 'error:code_repeated'],
    ['a link', '{{code}} {{application}} https://acme.example/x', 'error:link'],
    ['a bare link', '{{code}} {{application}} see acme.com', 'error:link'],
    ['logic', '{{#if x}}{{code}}{{/if}} {{application}}', 'error:braces'],
    ['a control character', '{{code}} {{application}}\u0007', 'error:control_character'],
    ['no brand', 'Your code is {{code}}', 'warning:brand_missing'],
    ['two segments', `{{code}} {{application}} ${'x'.repeat(140)}`, 'warning:segments'],
    ['more bytes than Retriever takes', `{{code}} {{application}} ${'x'.repeat(105)}`, 'warning:retriever_length'],
  ])('finds %s in an SMS', (_what, text, rule) => {
    expect(rules('sms', { text })).toContain(rule);
  });

  it.each([
    ['no subject', { text: '{{code}} {{application}}' }, 'error:subject_missing'],
    ['a subject of two lines', { subject: 'a\nb', text: '{{code}} {{application}}' }, 'error:subject_line_end'],
    ['the code in the subject', { subject: '{{code}}', text: '{{code}} {{application}}' }, 'warning:subject_code'],
    ['a late code', { subject: 's', text: `${'x'.repeat(55)}{{code}} {{application}}` }, 'error:code_position'],
    ['a script', { subject: 's', text: '{{code}} {{application}}', html: '<script>1</script>' }, 'error:html_active'],
    ['a tracking image', { subject: 's', text: '{{code}} {{application}}', html: '<img src=x>' }, 'error:html_active'],
  ])('finds %s in a mail', (_what, content, rule) => {
    expect(rules('email', content)).toContain(rule);
  });

  it('has nothing to say of a good one', () => {
    expect(rules('sms', { text: '{{code}} is your {{application}} code.' })).toEqual([]);
    expect(rules('email', { subject: 'Your code', text: '{{code}} is your {{application}} code.' })).toEqual([]);
  });
});
