import {
  CountPipe,
  CreditsPipe,
  Id,
  Masked,
  MoneyPipe,
  SharePipe,
  StatusChip,
  Time,
  formatDuration,
  formatInstant,
  formatRelative,
} from '../../index';
import { MaskedHarness, StatusHarness, TimeHarness, renderPart } from '../../testing';

describe('Amounts', () => {
  it.each([
    [5000, '5'],
    [-1500, '−1.5'],
    [12_345_678, '12,345.678'],
    [1, '0.001'],
    [0, '0'],
    [null, '–'],
  ])('shows %p milli-credits exactly', (amount, text) => {
    expect(new CreditsPipe().transform(amount)).toBe(text);
  });

  it('shows the sign of what came in when asked', () => {
    expect([5000, -5000, 0].map((amount) => new CreditsPipe().transform(amount, 'signed'))).toEqual(['+5', '−5', '0']);
  });

  it('shows money with its currency, also without minor units', () => {
    expect(new MoneyPipe().transform(199_900, 'ZAR').replace(/\s/, ' ')).toBe('ZAR 1,999.00');
    expect(new MoneyPipe().transform(500, 'JPY').replace(/\s/, ' ')).toBe('JPY 500');
  });

  it('never shows a missing share or count as zero', () => {
    expect([
      new SharePipe().transform(null),
      new SharePipe().transform(0.9137),
      new CountPipe().transform(null),
    ]).toEqual(['–', '91.4 %', '–']);
  });
});

describe('Times', () => {
  const noon = Date.UTC(2026, 10, 22, 12);

  it('shows an instant in the zone of the organization', () => {
    expect(formatInstant('2026-11-22T22:30:00.000Z', 'Africa/Johannesburg')).toBe('23 Nov 2026, 00:30:00');
    expect(formatInstant('2026-11-22T22:30:00.000Z', 'Asia/Kolkata', false)).toBe('23 Nov 2026, 04:00');
  });

  it.each([
    [noon - 20_000, 'just now'],
    [noon - 180_000, '3 minutes ago'],
    [noon - 7_200_000, '2 hours ago'],
    [noon - 86_400_000, 'yesterday'],
    [noon + 3_600_000, 'in 1 hour'],
    [noon - 40 * 86_400_000, 'last month'],
    [Date.UTC(1970, 0, 1), '57 years ago'],
  ])('says how long ago %p is', (instant, text) => {
    expect(formatRelative(instant, noon)).toBe(text);
  });

  it.each([
    [900, '15 minutes'],
    [5400, '1 hour 30 minutes'],
    [61, '1 minute 1 second'],
    [0, '0 seconds'],
  ])('reads %p seconds back in words', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('carries the instant for machines, and a word for nothing', async () => {
    const { loader, element } = await renderPart(
      `<tg-time value="2026-11-22T10:00:00.000Z" /><p><tg-time [value]="null" none="never used" /></p>`,
      [Time],
    );
    expect(await (await loader.getHarness(TimeHarness)).instant()).toBe('2026-11-22T10:00:00.000Z');
    expect(element.querySelector('p')?.textContent).toContain('never used');
  });
});

describe('A status', () => {
  it('has one look for one value, and shows an unknown one as itself', async () => {
    const { loader } = await renderPart(
      `<tg-status value="delivered" /><tg-status value="new_state" /><tg-status value="active" label="On" />`,
      [StatusChip],
    );
    const chips = await loader.getAllHarnesses(StatusHarness);
    expect(await Promise.all(chips.map((chip) => chip.text()))).toEqual(['Delivered', 'New state', 'On']);
    expect(await Promise.all(chips.map((chip) => chip.tone()))).toEqual(['success', 'neutral', 'success']);
  });

  it('of HTTP is told by its class', async () => {
    const { loader } = await renderPart(`<tg-status value="201" /><tg-status value="404" /><tg-status value="503" />`, [
      StatusChip,
    ]);
    const chips = await loader.getAllHarnesses(StatusHarness);
    expect(await Promise.all(chips.map((chip) => chip.tone()))).toEqual(['success', 'warning', 'danger']);
  });
});

describe('An id', () => {
  it('is shortened on the page and copied whole', async () => {
    const { element, copied, settle } = await renderPart(`<tg-id value="vrf_01KAMCX4E8S0N6R2V5T9W3Y7ZB" />`, [Id]);
    expect(element.querySelector('code')?.textContent).toBe('vrf_01KA…W3Y7ZB');
    element.querySelector('button')?.click();
    await settle();
    expect(copied).toEqual(['vrf_01KAMCX4E8S0N6R2V5T9W3Y7ZB']);
    expect(element.textContent).toContain('Copied');
  });
});

describe('A masked destination', () => {
  it('is revealed by asking the server once, and hidden again', async () => {
    let asked = 0;
    const reveal = () => Promise.resolve(`+2782123456${++asked}`);
    const { loader } = await renderPart(`<tg-masked value="+2782***4567" [reveal]="reveal" />`, [Masked], { reveal });
    const masked = await loader.getHarness(MaskedHarness);
    expect(await masked.value()).toBe('+2782***4567');
    await masked.toggle();
    expect(await masked.value()).toBe('+27821234561');
    await masked.toggle();
    expect(await masked.value()).toBe('+2782***4567');
    expect(asked).toBe(1);
  });

  it('says why it was not revealed', async () => {
    const reveal = () => Promise.reject(new Error('Your role lacks it'));
    const { loader, element } = await renderPart(`<tg-masked value="+2782***4567" [reveal]="reveal" />`, [Masked], {
      reveal,
    });
    const masked = await loader.getHarness(MaskedHarness);
    await masked.toggle();
    expect(await masked.value()).toBe('+2782***4567');
    expect(element.querySelector('[role=status]')?.textContent).toBe('This part of the page failed');
  });
});
