import { Pipe } from '@angular/core';
import type { PipeTransform } from '@angular/core';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** Integer milli-credits as credits: `5000` → `5`, `-1500` → `−1.5`, `12345678` → `12,345.678`. Exact, never rounded. */
export function formatCredits(milliCredits: number, sign = false): string {
  const text = whole.format(Math.abs(milliCredits) / 1000);
  if (milliCredits < 0) return `−${text}`;
  return sign && milliCredits > 0 ? `+${text}` : text;
}

/** `{{ row.amount | credits }}`; `: 'signed'` puts a plus before what came in. Missing amounts show “–”. */
@Pipe({ name: 'credits' })
export class CreditsPipe implements PipeTransform {
  transform(milliCredits: number | null | undefined, sign?: 'signed'): string {
    return milliCredits === null || milliCredits === undefined ? '–' : formatCredits(milliCredits, sign === 'signed');
  }
}

/** Whole numbers with separators; `null` shows “–”. */
@Pipe({ name: 'count' })
export class CountPipe implements PipeTransform {
  transform(value: number | null | undefined, digits = 0): string {
    if (value === null || value === undefined) return '–';
    return new Intl.NumberFormat('en', { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(value);
  }
}

/** A share (0.914) as `91.4 %`; `null` (nothing to divide by) as “–”. */
export function formatShare(share: number | null | undefined, digits = 1): string {
  if (share === null || share === undefined) return '–';
  return `${new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(share * 100)} %`;
}

@Pipe({ name: 'share' })
export class SharePipe implements PipeTransform {
  transform(share: number | null | undefined, digits = 1): string {
    return formatShare(share, digits);
  }
}

/** Minor units of an ISO 4217 currency: `1999, 'ZAR'` → `ZAR 19.99`. */
@Pipe({ name: 'money' })
export class MoneyPipe implements PipeTransform {
  transform(minor: number | null | undefined, currency: string): string {
    if (minor === null || minor === undefined) return '–';
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  }
}
