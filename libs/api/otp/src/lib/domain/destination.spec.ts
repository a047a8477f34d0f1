import fc from 'fast-check';
import { DomainError } from '@tollgate/api/kernel';
import { limitForm, maskOf, readDestination, readDestinationFor } from './destination';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('phone numbers', () => {
  it.each([
    ['+27821234567', '+27821234567', 'ZA'],
    ['+14155550123', '+14155550123', 'US'],
    ['+919876543210', '+919876543210', 'IN'],
    ['＋２７８２１２３４５６７', '+27821234567', 'ZA'],
  ])('%s is read as %s of %s', (input, to, country) => {
    expect(readDestination(input)).toEqual({ kind: 'phone', to, country, prefix: to.slice(0, -4) });
  });

  it('Argentina has one form with and without the 9 of mobiles', () => {
    expect(readDestination('+541123456789').to).toBe('+5491123456789');
    expect(readDestination('+5491123456789').to).toBe('+5491123456789');
  });

  it('Mexico has one form with and without the former 1 of mobiles', () => {
    expect(readDestination('+5215512345678').to).toBe('+525512345678');
    expect(readDestination('+525512345678').to).toBe('+525512345678');
  });

  it.each([
    ['+27111234567', 'a landline'],
    ['+19005551234', 'a premium number'],
    ['+18005551234', 'a toll-free number'],
    ['+447011123456', 'a personal number'],
    ['+8821612345678', 'a satellite network'],
    ['+883510000000094', 'an international network'],
  ])('%s is refused as %s', (input) => {
    expect(codeOf(() => readDestination(input))).toBe('unsupported_line_type');
  });

  it.each([
    '27821234567',
    '0821234567',
    '+1415555012',
    '+27 82 123 4567',
    '+27821234567;ext=5',
    '+27821234567 ext 5',
    '+27821234567x5',
    'tel:+27821234567',
    '+٢٧٨٢١٢٣٤٥٦٧',
    '++27821234567',
    '+',
    '',
    '+999999999999999',
    '+27821234567\n',
    '+2782123456\u00007',
  ])('%j is not a number in E.164', (input) => {
    expect(codeOf(() => readDestination(input))).toBe('invalid_destination');
  });

  it('what is accepted is canonical: reading it again gives the same', () => {
    const digits = fc.stringMatching(/^\+(27[678]|1[2-9]|44[57]|91[6-9]|54|521?|49|33)[0-9]{7,10}$/);
    fc.assert(
      fc.property(digits, (input) => {
        if (codeOf(() => readDestination(input)) !== 'accepted') return;
        const once = readDestination(input);
        expect(readDestination(once.to)).toEqual(once);
      }),
    );
  });
});

describe('mailboxes', () => {
  it.each([
    ['Ada.L@EXAMPLE.com', 'Ada.L@example.com'],
    ['ada+07@example.com', 'ada+07@example.com'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@ｅｘａｍｐｌｅ.com', 'ada@example.com'],
    ["o'brien_{x}@example.co.za", "o'brien_{x}@example.co.za"],
  ])('%s is written to as %s', (input, to) => {
    expect(readDestination(input).to).toBe(to);
  });

  it.each([
    'ada@localhost',
    'ada@example..com',
    'ada@.example.com',
    'ada@example.com.',
    'ada@-example.com',
    'ada@10.0.0.1',
    'ada@[10.0.0.1]',
    'ada@example.com/x',
    'ada@ex%61mple.com',
    'ada@example.com:25',
    'ada@example.com\r\nBcc: all@example.com',
    'ada\r\n@example.com',
    'ada@exam\u00adple.com',
    'ada@exam\u200bple.com',
    'ada b@example.com',
    '"ada"@example.com',
    'ada(x)@example.com',
    'ada@a@example.com',
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    '@example.com',
    'ada@',
    'ada@example.com, b@example.com',
    '<ada@example.com>',
    `${'a'.repeat(65)}@example.com`,
    `a@${'a.'.repeat(130)}com`,
    'ädä@example.com',
  ])('%j is not a mailbox', (input) => {
    expect(codeOf(() => readDestination(input))).toBe('invalid_destination');
  });

  it('no accepted destination holds a character that could end a header line or open another address', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(hostile, hostile, (local, host) => {
        for (const input of [`${local}@${host}`, `a${local}@example.com`, `a@${host}.example.com`, local]) {
          if (codeOf(() => readDestination(input)) !== 'accepted') continue;
          expect(readDestination(input).to).toMatch(/^(\+[0-9]+|[\x21-\x7e]+@[a-z0-9.-]+)$/);
          expect(readDestination(input).to).not.toMatch(/[\r\n<>,;"()[\]\\:]/);
        }
      }),
    );
  });

  it('any text at all is either read or refused by its code, never a crash', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (input) => {
        expect(['accepted', 'invalid_destination', 'unsupported_line_type']).toContain(
          codeOf(() => readDestination(input)),
        );
      }),
    );
  });
});

describe('the form that limits count by', () => {
  it.each([
    ['A.d.a+news@gmail.com', 'ada@gmail.com'],
    ['ada@googlemail.com', 'ada@gmail.com'],
    ['A.d.a+news@example.com', 'a.d.a@example.com'],
    ['+tag@example.com', '+tag@example.com'],
    ['+27821234567', '+27821234567'],
  ])('%s counts as %s', (input, folded) => {
    expect(limitForm(readDestination(input))).toBe(folded);
  });
});

describe('masks', () => {
  it.each([
    ['+27821234567', '+2782***4567'],
    ['+14155550123', '+1415***0123'],
    ['a@b.co', 'a***@b.co'],
    ['ada.lovelace@example.com', 'a***@example.com'],
  ])('%s is shown as %s', (input, mask) => {
    expect(maskOf(readDestination(input))).toBe(mask);
  });

  it('a short number keeps three characters hidden', () => {
    const mask = maskOf({ kind: 'phone', to: '+29051234', country: 'SH', prefix: '+2905' });
    expect(mask).toBe('+2***1234');
  });
});

it('a channel refuses a destination of the other kind', () => {
  expect(codeOf(() => readDestinationFor('sms', 'ada@example.com'))).toBe('invalid_destination');
  expect(codeOf(() => readDestinationFor('email', '+27821234567'))).toBe('invalid_destination');
});
