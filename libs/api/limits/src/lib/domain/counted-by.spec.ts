import { countedKeys, type CountedStart } from './counted-by';
import { DEFAULT_LIMITS, RuleBook } from './limit-rules';

const start: CountedStart = {
  organizationId: 'org_1',
  applicationId: 'app_1',
  test: false,
  channel: 'sms',
  country: 'ZA',
  prefix: '+27821234',
  network: '192.0.2.7',
  userHash: 'hash',
  destinationHash: 'destination',
};
const book = new RuleBook(DEFAULT_LIMITS);
const keys = (over: Partial<CountedStart>, kind: 'start' | 'resend' = 'start') =>
  countedKeys({ ...start, ...over }, kind, book).map(({ policy, key }) => `${policy} ${key}`);

describe('countedKeys', () => {
  it('counts a start by everything that it names', () => {
    expect(keys({})).toEqual([
      'application live:app_1',
      'client_ip live:org_1:192.0.2.7',
      'client_network live:org_1:192.0.2.0/24',
      'user_ref live:app_1:hash',
      'prefix live:org_1:+27821234',
      'country live:org_1:ZA',
    ]);
  });

  it('leaves out what a start does not name', () => {
    expect(keys({ network: null, userHash: null, prefix: null, country: null })).toEqual(['application live:app_1']);
  });

  it('counts test keys apart', () => {
    expect(keys({ test: true }).every((key) => key.includes(' test:'))).toBe(true);
  });

  it('never counts mailboxes by their domain', () => {
    expect(keys({ channel: 'email', prefix: 'example.com', country: null })).not.toContainEqual(
      expect.stringContaining('example.com'),
    );
  });

  it('counts a resend by application alone', () => {
    expect(keys({}, 'resend')).toEqual(['application live:app_1']);
  });
});
