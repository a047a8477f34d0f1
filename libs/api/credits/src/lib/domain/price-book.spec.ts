import { PriceBook, priceOf, type PriceVersion } from './price-book';

const version = (over: Partial<PriceVersion> & { id: string }): PriceVersion => ({
  operation: 'send.sms',
  country: null,
  price: 5000,
  active: true,
  validFrom: 0,
  ...over,
});

describe('PriceBook', () => {
  const book = new PriceBook([
    version({ id: 'general' }),
    version({ id: 'general-2', price: 6000, validFrom: 1000 }),
    version({ id: 'za', country: 'ZA', price: 3000, validFrom: 500 }),
    version({ id: 'za-withdrawn', country: 'ZA', price: 3000, active: false, validFrom: 2000 }),
    version({ id: 'mail', operation: 'send.email', price: 1000 }),
    version({ id: 'mail-off', operation: 'send.email', price: 1000, active: false, validFrom: 3000 }),
  ]);

  it('takes the newest version that has begun', () => {
    expect(book.inForce('send.sms', null, 999)?.id).toBe('general');
    expect(book.inForce('send.sms', null, 1000)?.id).toBe('general-2');
  });

  it('prefers the price of the country, from its instant on', () => {
    expect(book.inForce('send.sms', 'ZA', 499)?.id).toBe('general');
    expect(book.inForce('send.sms', 'ZA', 500)?.id).toBe('za');
    expect(book.inForce('send.sms', 'IN', 1500)?.id).toBe('general-2');
  });

  it('falls back to the general price when the price of the country is withdrawn', () => {
    expect(book.inForce('send.sms', 'ZA', 2000)?.id).toBe('general-2');
  });

  it('charges nothing when the general price is not active', () => {
    const found = book.inForce('send.email', null, 3000);
    expect(found?.id).toBe('mail-off');
    expect(found && priceOf(found)).toBe(0);
  });

  it('knows none for an operation without any price', () => {
    expect(book.inForce('send.mobile', null, 5000)).toBeNull();
  });

  it('tells current, scheduled and past versions apart', () => {
    expect(book.stateOf(version({ id: 'general' }), 1500)).toBe('past');
    expect(book.stateOf(version({ id: 'general-2', validFrom: 1000 }), 1500)).toBe('current');
    expect(book.stateOf(version({ id: 'general-2', validFrom: 1000 }), 500)).toBe('scheduled');
  });

  it('says when an operation was free in a part of a range', () => {
    expect(book.freeWithin('send.email', 0, 3000)).toBe(false);
    expect(book.freeWithin('send.email', 0, 3001)).toBe(true);
    expect(book.freeWithin('send.email', 4000, 5000)).toBe(true);
    expect(book.freeWithin('send.sms', 0, 9000)).toBe(false);
  });
});
