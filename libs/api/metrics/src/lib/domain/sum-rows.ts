import { addCounts, NO_COUNTS, type CountsWithSms } from './metric-values';
import type { Counter } from '../usage-meter';

export type ChannelRow = Readonly<Record<Counter, number>> & { readonly channel?: unknown };

/** Sums rows that were grouped by channel (and more), keeping apart what is of text messages. */
export function totalOf(rows: readonly ChannelRow[]): CountsWithSms {
  return rows.reduce<CountsWithSms>(
    (sum, row) => ({ all: addCounts(sum.all, row), sms: row.channel === 'sms' ? addCounts(sum.sms, row) : sum.sms }),
    { all: NO_COUNTS, sms: NO_COUNTS },
  );
}

/** Rows by the value of one of their columns, in the order of first sight. */
export function groupRows<R extends Readonly<Record<string, unknown>>>(
  rows: readonly R[],
  column: string,
): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const key = String(row[column] ?? '');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
