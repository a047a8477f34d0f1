import * as fc from 'fast-check';
import { parseJsonPath, readJsonPath, scalarText } from './json-path';
import { namesIn, parseHttpTemplate, renderHttpTemplate } from './http-template';

const render = (source: string, context: 'url' | 'header' | 'body', values: Record<string, string>) => {
  const { template, faults } = parseHttpTemplate(source, context);
  expect(faults).toEqual([]);
  return renderHttpTemplate(template, values);
};

describe('the template of a generic HTTP request', () => {
  it('renders the example of the reference', () => {
    const body = '{"to":{{to.e164|json}},"text":{{message|json}},"otp":{{code|json}},"tid":{{template.dlt_id|json}}}';
    const text = render(body, 'body', {
      'to.e164': '+919876543210',
      message: 'a "b"\n',
      code: '482913',
      'template.dlt_id': '17',
    });
    expect(JSON.parse(text)).toEqual({ to: '+919876543210', text: 'a "b"\n', otp: '482913', tid: '17' });
    expect(render('https://sms.example/send?to={{to.national|url}}', 'url', { 'to.national': '98 76&x=1' })).toBe(
      'https://sms.example/send?to=98%2076%26x%3D1',
    );
  });

  it.each([
    ['{{message}}', 'needs a filter'],
    ['{{message|raw}}', 'the filter here'],
    ['{{message|header}}', 'the filter here'],
    ['{{constructor|json}}', 'is not a variable'],
    ['{{secret.__proto__|json}}', 'is not a variable'],
    ['{{#if x}}', 'is not a variable'],
    ['{{message|json', 'not closed'],
  ])('refuses %s', (source, fault) => {
    expect(parseHttpTemplate(source, 'body').faults.join()).toContain(fault);
  });

  it('takes only the URL filter in an address and only header filters in a header', () => {
    expect(parseHttpTemplate('https://x/{{message|json}}', 'url').faults).toHaveLength(1);
    expect(parseHttpTemplate('Bearer {{secret.token|header}}', 'header').faults).toEqual([]);
    expect(parseHttpTemplate('{{secret.token|url}}', 'header').faults).toHaveLength(1);
  });

  it('lets no value break out of its context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const read = JSON.parse(render('{"a":{{message|json}},"b":1}', 'body', { message: value })) as unknown;
        expect(read).toEqual({ a: value, b: 1 });
        expect([...new URLSearchParams(render('m={{message|form}}&z=1', 'body', { message: value }))]).toHaveLength(2);
        const url = new URL(render('https://a.example/p?m={{message|url}}&z=1', 'url', { message: value }));
        expect([url.host, [...url.searchParams.keys()]]).toEqual(['a.example', ['m', 'z']]);
        expect(render('{{message|xml}}', 'body', { message: value })).not.toMatch(/[<>"']/);
        expect(render('{{message|header}}', 'header', { message: value })).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it('names the variables in use and renders unknown ones empty', () => {
    expect(namesIn(parseHttpTemplate('{{secret.token|b64}} {{code|json}}', 'body').template)).toEqual([
      'secret.token',
      'code',
    ]);
    expect(render('[{{variables.constructor|url}}]', 'body', {})).toBe('[]');
  });

  it('takes nested JSON that ends with braces', () => {
    expect(render('{"a":{"b":{{code|json}}}}', 'body', { code: '1' })).toBe('{"a":{"b":"1"}}');
  });
});

describe('paths into JSON', () => {
  it('reads members and elements', () => {
    const path = parseJsonPath('$.data[0]["message id"].x-y');
    expect(path).toEqual(['data', 0, 'message id', 'x-y']);
    expect(readJsonPath({ data: [{ 'message id': { 'x-y': 7 } }] }, path ?? [])).toBe(7);
    expect(readJsonPath({}, path ?? [])).toBeUndefined();
    expect(readJsonPath({ a: 1 }, parseJsonPath('$.constructor') ?? [])).toBeUndefined();
  });

  it.each(['data', '$..x', '$[*]', '$.a[?(@.x)]', '$.a.', '$["'])('refuses %s', (text) => {
    expect(parseJsonPath(text)).toBeNull();
  });

  it('compares scalars as text', () => {
    expect([scalarText(1), scalarText(true), scalarText('x'), scalarText(null), scalarText({})]).toEqual([
      '1',
      'true',
      'x',
      null,
      null,
    ]);
  });
});
