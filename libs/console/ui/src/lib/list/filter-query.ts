import type { Filter } from './list-types';

/** The instant at which a day (`2026-11-22`) begins in an IANA zone. Where midnight does not exist, the first after. */
export function startOfDay(day: string, zone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  let guess = wanted;
  // Two steps settle every offset change: the first may land on the other side of it.
  for (let i = 0; i < 2; i++) guess = wanted - offsetAt(guess, zone);
  return new Date(guess);
}

function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const at = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return (
    Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second')) -
    Math.floor(instant / 1000) * 1000
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** `2026-11-01..2026-11-22` as its two ends; an open end is ''. */
export function parseRange(value: string | undefined): { readonly from: string; readonly to: string } {
  const [from = '', to = ''] = (value ?? '').split('..');
  return { from: DAY.test(from) ? from : '', to: DAY.test(to) ? to : '' };
}

/** The query members for the chosen filters. What no filter declares is left out. */
export function filterQuery(
  filters: readonly Filter[],
  chosen: Readonly<Record<string, string>>,
  zone: string,
): Record<string, string> {
  const query: Record<string, string> = {};
  for (const filter of filters) {
    const value = chosen[filter.id];
    if (!value) continue;
    if (filter.kind === 'dates') {
      const { from, to } = parseRange(value);
      if (from) query[filter.from ?? `${filter.id}_from`] = startOfDay(from, zone).toISOString();
      if (to) query[filter.to ?? `${filter.id}_to`] = startOfDay(dayAfter(to), zone).toISOString();
    } else if (filter.kind === 'choice') {
      const known = value.split(',').filter((one) => filter.options.some((option) => option.value === one));
      if (known.length > 0) query[filter.id] = filter.multiple ? known.join(',') : (known[0] ?? '');
    } else {
      query[filter.id] = value;
    }
  }
  return query;
}

/** What a chip says for a chosen filter. */
export function describeFilter(filter: Filter, value: string, named?: string): string {
  if (filter.kind === 'choice') {
    const labels = value.split(',').map((one) => filter.options.find((option) => option.value === one)?.label ?? one);
    return labels.length > 2 ? `${labels.slice(0, 2).join(', ')} +${labels.length - 2}` : labels.join(', ');
  }
  if (filter.kind === 'dates') {
    const { from, to } = parseRange(value);
    return from && to ? (from === to ? from : `${from} – ${to}`) : from ? `from ${from}` : `until ${to}`;
  }
  return named ?? value;
}
