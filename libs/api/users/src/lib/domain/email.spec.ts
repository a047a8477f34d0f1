import fc from 'fast-check';
import { canonicalEmail, maskedEmail } from './email';

describe('the canonical form of an e-mail address', () => {
  it.each([
    ['Ann@Example.COM', 'ann@example.com'],
    ['  ann@example.com ', 'ann@example.com'],
    ['ａｎｎ@example.com', 'ann@example.com'],
    ['ann@ｅxample.com', 'ann@example.com'],
    ["o'hara+test@example.co.za", "o'hara+test@example.co.za"],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['ann@BÜCHER.example', 'ann@xn--bcher-kva.example'],
  ])('reads %s as %s', (typed, canonical) => {
    expect(canonicalEmail(typed)).toBe(canonical);
  });

  it.each([
    ['a Cyrillic a', 'аnn@example.com'],
    ['a dotless i', 'ıvan@example.com'],
    ['a dotted capital I', 'İvan@example.com'],
    ['a sharp s', 'groß@example.com'],
    ['a zero-width joiner', 'an\u200dn@example.com'],
    ['a line break', 'ann@example.com\nbcc: x@evil.example'],
    ['a line break in the local part', 'ann\r\n@example.com'],
    ['a display name', 'Ann <ann@example.com>'],
    ['a quoted local part', '"a b"@example.com'],
    ['no local part', '@example.com'],
    ['no domain', 'ann@'],
    ['no dot in the domain', 'ann@localhost'],
    ['an address as the domain', 'ann@127.0.0.1'],
    ['two dots', 'a..n@example.com'],
    ['a local part over 64', `${'a'.repeat(65)}@example.com`],
    ['an endless text', `${'a'.repeat(400)}@example.com`],
  ])('refuses %s', (_what, typed) => {
    expect(canonicalEmail(typed)).toBeNull();
  });

  it('keeps a look-alike domain apart and shows it in its ASCII form', () => {
    const real = canonicalEmail('ann@paypal.com');
    const fake = canonicalEmail('ann@pаypal.com');
    expect(fake).not.toBe(real);
    expect(fake).toContain('xn--');
  });

  it('is stable: the canonical form of a canonical form is itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        const once = canonicalEmail(text);
        expect(once === null || canonicalEmail(once) === once).toBe(true);
      }),
    );
  });
});

describe('a masked e-mail address', () => {
  it('keeps the domain and at most two letters', () => {
    expect(maskedEmail('annabel@example.com')).toBe('an***@example.com');
    expect(maskedEmail('a@example.com')).toBe('***@example.com');
    expect(maskedEmail('nonsense')).toBe('***');
  });
});
