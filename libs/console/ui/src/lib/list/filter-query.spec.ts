import { TestBed } from '@angular/core/testing';
import { ListState, describeFilter, filterQuery, startOfDay } from '../../index';
import type { Filter } from '../../index';

const STATUS: Filter = {
  id: 'status',
  label: 'Status',
  kind: 'choice',
  multiple: true,
  options: [
    { value: 'active', label: 'Active' },
    { value: 'disabled', label: 'Disabled' },
    { value: 'locked', label: 'Locked' },
  ],
};
const RANGE: Filter = { id: 'at', label: 'When', kind: 'dates', from: 'from', to: 'to' };

describe('The start of a day', () => {
  it.each([
    ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22', 'Asia/Kolkata', '2026-11-21T18:30:00.000Z'],
    ['2026-11-22', 'America/New_York', '2026-11-22T05:00:00.000Z'],
    // The days on which the clocks change.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ])('%s in %s is %s', (day, zone, instant) => {
    expect(startOfDay(day, zone).toISOString()).toBe(instant);
  });
});

describe('The query of filters', () => {
  it('sends days of the zone as instants, the end exclusive', () => {
    expect(filterQuery([RANGE], { at: '2026-11-01..2026-11-22' }, 'Africa/Johannesburg')).toEqual({
      from: '2026-10-31T22:00:00.000Z',
      to: '2026-11-22T22:00:00.000Z',
    });
  });

  it('takes ranges with an open end', () => {
    expect(filterQuery([RANGE], { at: '2026-11-01..' }, 'UTC')).toEqual({ from: '2026-11-01T00:00:00.000Z' });
    expect(filterQuery([RANGE], { at: '..2026-11-01' }, 'UTC')).toEqual({ to: '2026-11-02T00:00:00.000Z' });
  });

  it('leaves out what nobody declared, unknown options and nonsense', () => {
    expect(filterQuery([STATUS, RANGE], { status: 'active,green', color: 'red', at: 'yesterday..now' }, 'UTC')).toEqual(
      {
        status: 'active',
      },
    );
  });

  it('sends one value for a choice of one', () => {
    expect(filterQuery([{ ...STATUS, multiple: false }], { status: 'active,locked' }, 'UTC')).toEqual({
      status: 'active',
    });
  });

  it('is said in words', () => {
    expect(describeFilter(STATUS, 'active,disabled,locked')).toBe('Active, Disabled +1');
    expect(describeFilter(RANGE, '2026-11-01..2026-11-22')).toBe('2026-11-01 – 2026-11-22');
    expect(describeFilter(RANGE, '..2026-11-22')).toBe('until 2026-11-22');
    expect(describeFilter({ id: 'a', label: 'App', kind: 'text' }, 'app_1', 'Web shop')).toBe('Web shop');
  });
});

describe('List state in memory', () => {
  const state = () => TestBed.runInInjectionContext(() => new ListState({ url: false, sort: '-at', size: 25 }));

  it('never keeps an empty value, and forgets the page when the question changes', () => {
    const list = state();
    list.next('c2');
    list.next('c3');
    expect([list.page(), list.after()]).toEqual([3, 'c3']);
    list.change({ filters: { status: 'active' } });
    expect([list.page(), list.after(), list.isFiltered()]).toEqual([1, null, true]);
    list.change({ filters: { status: '' } });
    expect(list.filters()).toEqual({});
  });

  it('opens and closes a row without changing the page', () => {
    const list = state();
    list.next('c2');
    list.change({ open: 'app_1' });
    expect([list.page(), list.open()]).toEqual([2, 'app_1']);
    list.change({ open: null });
    expect(list.open()).toBeNull();
  });

  it('takes only page sizes that are offered', () => {
    const list = state();
    list.change({ size: 100 });
    expect(list.size()).toBe(100);
    list.change({ size: 7 });
    expect(list.size()).toBe(25);
  });
});
