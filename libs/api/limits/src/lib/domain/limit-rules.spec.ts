import { changedRules, DEFAULT_LIMITS, RuleBook } from './limit-rules';

describe('RuleBook', () => {
  it('prefers the rule of the channel to the one for any', () => {
    const rules = changedRules(DEFAULT_LIMITS, [{ policy: 'destination_short', channel: 'email', quota: 9 }]);
    const book = new RuleBook(rules);
    expect(book.find('destination_short', 'email')).toMatchObject({ quota: 9, windowSeconds: 600 });
    expect(book.find('destination_short', 'sms')).toMatchObject({ quota: 5, windowSeconds: 600 });
  });

  it('limits nothing by a rule that is switched off, not even by the one for any', () => {
    const book = new RuleBook(changedRules(DEFAULT_LIMITS, [{ policy: 'user_ref', channel: 'sms', enabled: false }]));
    expect(book.find('user_ref', 'sms')).toBeNull();
    expect(book.find('user_ref', 'email')).not.toBeNull();
  });

  it('knows a policy of one channel for that channel alone', () => {
    const book = new RuleBook(DEFAULT_LIMITS);
    expect(book.find('prefix', 'sms')).not.toBeNull();
    expect(book.find('prefix', 'email')).toBeNull();
  });

  it('begins with five in ten minutes and ten a day for a destination', () => {
    const book = new RuleBook(DEFAULT_LIMITS);
    expect(book.find('destination_short', 'sms')).toMatchObject({ quota: 5, windowSeconds: 600 });
    expect(book.find('destination_long', 'sms')).toMatchObject({ quota: 10, windowSeconds: 86_400 });
    expect(book.longestDestinationWindowMs()).toBe(86_400_000);
  });
});

describe('changedRules', () => {
  it('keeps what a change does not name', () => {
    const changed = changedRules(DEFAULT_LIMITS, [{ policy: 'application', window_s: 10 }]);
    expect(changed.find((rule) => rule.policy === 'application')).toEqual({
      policy: 'application',
      channel: 'any',
      quota: 3_000,
      windowSeconds: 10,
      enabled: true,
    });
    expect(changed).toHaveLength(DEFAULT_LIMITS.length);
  });

  it('applies several changes of one rule in order', () => {
    const changed = changedRules(DEFAULT_LIMITS, [
      { policy: 'application', quota: 1 },
      { policy: 'application', quota: 2 },
    ]);
    expect(changed.find((rule) => rule.policy === 'application')?.quota).toBe(2);
  });
});
