import { httpProviderSettings, type HttpProviderSettings } from '@tollgate/contracts';
import { compileHttpRules, judgeAnswer, readReport } from './http-provider-rules';

const SETTINGS: HttpProviderSettings = httpProviderSettings.parse({
  request: {
    method: 'POST',
    url: 'https://sms.example/send?to={{to.national|url}}',
    headers: { Authorization: 'Bearer {{secret.token|header}}', 'Content-Type': 'application/json' },
    body: '{"to":{{to.e164|json}},"text":{{message|json}},"otp":{{code|json}},"tid":{{template.dlt_id|json}}}',
    timeout_ms: 6000,
  },
  success: { status: ['200-299'], json: [{ path: '$.status', in: ['ok', 'queued'] }], not_body: '(?i)error' },
  message_id: '$.data.id',
  errors: [
    { when: { json: { path: '$.code', in: ['E01', 'E07'] } }, class: 'permanent' },
    { when: { status: ['429', '500-599'] }, class: 'retryable', code: 'busy' },
  ],
  dlr: {
    auth: { type: 'token' },
    id: '$.id',
    status: '$.st',
    map: { DELIVRD: 'delivered', UNDELIV: 'undelivered', EXPIRED: 'undelivered' },
  },
});

const compiled = (settings: HttpProviderSettings = SETTINGS) => {
  const { rules, faults } = compileHttpRules(settings);
  expect(faults).toEqual([]);
  if (rules === null) throw new Error('no rules');
  return rules;
};

describe('the rules of a generic HTTP provider', () => {
  it('names the secrets that the templates need', () => {
    expect(compiled().secrets).toEqual(['token', 'dlr_secret']);
  });

  it.each([
    [200, '{"status":"ok","data":{"id":"m1"}}', { kind: 'accepted', providerMessageId: 'm1', segments: null }],
    [200, '{"status":"ok"}', { kind: 'accepted', providerMessageId: null, segments: null }],
    [200, '{"status":"ok","hint":"an Error"}', { kind: 'unknown', code: 'unexpected_answer' }],
    [200, '<html>welcome', { kind: 'unknown', code: 'unexpected_answer' }],
    [200, '{"code":"E07"}', { kind: 'refused', class: 'permanent_destination', code: 'http_200' }],
    [503, '', { kind: 'refused', class: 'failover', code: 'busy' }],
    [429, '', { kind: 'refused', class: 'failover', code: 'busy' }],
    [401, '{}', { kind: 'refused', class: 'permanent_config', alarm: true, code: 'http_401' }],
    [408, '', { kind: 'refused', class: 'failover', code: 'http_408' }],
    [302, '', { kind: 'refused', class: 'permanent_config', alarm: true, code: 'http_302' }],
  ])('judges %d %s', (status, body, expected) => {
    expect(judgeAnswer(compiled(), { status, body })).toEqual(expected);
  });

  it('reads delivery reports by the map, and nothing else', () => {
    const rules = compiled();
    expect(readReport(rules, { id: 'm1', st: 'DELIVRD' })).toEqual({ id: 'm1', state: 'delivered', code: 'DELIVRD' });
    expect(readReport(rules, { id: 17, st: 'EXPIRED' })).toEqual({ id: '17', state: 'undelivered', code: 'EXPIRED' });
    expect(readReport(rules, { id: 'm1', st: 'ACCEPTD' })).toBeNull();
    expect(readReport(rules, { st: 'DELIVRD' })).toBeNull();
    expect(readReport(rules, 'text')).toBeNull();
  });

  it.each<[string, (settings: HttpProviderSettings) => HttpProviderSettings, string]>([
    [
      'a host from a variable',
      (s) => ({ ...s, request: { ...s.request, url: 'https://{{variables.host|url}}/x' } }),
      'request.url',
    ],
    [
      'user names in the address',
      (s) => ({ ...s, request: { ...s.request, url: 'https://u:p@sms.example/x' } }),
      'request.url',
    ],
    ['another scheme', (s) => ({ ...s, request: { ...s.request, url: 'gopher://sms.example/' } }), 'request.url'],
    ['no filter', (s) => ({ ...s, request: { ...s.request, body: '{{message}}' } }), 'request.body'],
    [
      'a secret in plain text',
      (s) => ({ ...s, request: { ...s.request, headers: { 'X-Api-Key': 'abcdef' } } }),
      'request.headers.X-Api-Key',
    ],
    ['a look-ahead', (s) => ({ ...s, success: { not_body: '(?=x)' } }), 'success.not_body'],
    ['a wrong path', (s) => ({ ...s, message_id: '$..id' }), 'message_id'],
    ['a GET with a body', (s) => ({ ...s, request: { ...s.request, method: 'GET' } }), 'request.body'],
  ])('refuses %s', (_what, change, path) => {
    const { rules, faults } = compileHttpRules(change(SETTINGS));
    expect(rules).toBeNull();
    expect(faults.map((fault) => fault.path)).toContain(path);
  });
});
