import { changedSettings, checkedLocale, checkedTimeZone, DEFAULT_SETTINGS } from './settings';
import { isReservedSlug, slugFromName } from './slug';

describe('the settings of an organization', () => {
  it.each(['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Kyiv'])(
    'take the time zone %s',
    (name) => {
      expect(checkedTimeZone(name)).toBe(name);
    },
  );

  it.each(['+05:30', '-08', 'Mars/Olympus', '', 'Asia/Kolkata; DROP', 'UTC+1'])('refuse the time zone %p', (name) => {
    expect(() => checkedTimeZone(name)).toThrow('The time zone is not an IANA name');
  });

  it('keep language tags in canonical form', () => {
    expect(checkedLocale('pt-br')).toBe('pt-BR');
    expect(() => checkedLocale('en_US')).toThrow('not a language tag');
  });

  it('keep what a change leaves out, and take null as a value', () => {
    const before = { ...DEFAULT_SETTINGS, dailySpendCap: 5_000 };
    expect(changedSettings(before, { locale: undefined, lowBalanceThreshold: 1 })).toEqual({
      ...before,
      lowBalanceThreshold: 1,
    });
    expect(changedSettings(before, { dailySpendCap: null }).dailySpendCap).toBeNull();
    expect(changedSettings(before, {})).toEqual(before);
  });
});

describe('a slug made from a name', () => {
  it.each([
    ['Acme Shop', /^acme-shop-[a-z2-9]{4}$/],
    ['  Łódź & Söhne GmbH ', /^odz-sohne-gmbh-[a-z2-9]{4}$/],
    ['株式会社', /^organization-[a-z2-9]{4}$/],
    ['a'.repeat(120), /^a{40}-[a-z2-9]{4}$/],
    ['platform', /^platform-[a-z2-9]{4}$/],
  ])('of %s is fit to be one and not reserved', (name, expected) => {
    const made = slugFromName(name);
    expect(made).toMatch(expected);
    expect(made).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(made.length).toBeLessThanOrEqual(48);
    expect(isReservedSlug(made)).toBe(false);
  });
});
