import { Component, InjectionToken, computed, inject, input, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';

/** The IANA zone that times are shown in: the organization's, or the one chosen in the preferences. */
export const TIME_ZONE = new InjectionToken<Signal<string>>('time zone', {
  providedIn: 'root',
  factory: () => signal(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'),
});

/** The present instant in epoch milliseconds, moved on every half minute so that “3 minutes ago” stays true. */
export const NOW = new InjectionToken<Signal<number>>('now', {
  providedIn: 'root',
  factory: () => {
    const now = signal(Date.now());
    setInterval(() => now.set(Date.now()), 30_000);
    return now;
  },
});

const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })));
  return found;
}

/** `22 Nov 2026, 14:03:09` in the zone. */
export function formatInstant(instant: string | number | Date, zone: string, seconds = true): string {
  return format(zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(new Date(instant));
}

export function formatDay(instant: string | number | Date, zone: string): string {
  return format(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant));
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30.44],
  ['month', 12],
  ['year', Number.POSITIVE_INFINITY],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `3 minutes ago`, `in 2 hours`, `just now`. */
export function formatRelative(instant: string | number | Date, nowMs: number): string {
  let amount = (new Date(instant).getTime() - nowMs) / 1000;
  if (Math.abs(amount) < 45) return amount > 1 ? 'in a moment' : 'just now';
  for (const [unit, size] of STEPS) {
    if (Math.abs(Math.round(amount)) < size) return relative.format(Math.round(amount), unit);
    amount /= size;
  }
  return '';
}

/** Seconds in words: `900` → `15 minutes`, `5400` → `1 hour 30 minutes`. */
export function formatDuration(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [name, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const) {
    const n = Math.floor(rest / size);
    if (n > 0 && parts.length < 2) parts.push(`${n} ${name}${n === 1 ? '' : 's'}`);
    rest -= n * size;
  }
  return parts.join(' ') || '0 seconds';
}

/** An instant in the organization's zone, with UTC and the relative time in the tooltip. */
@Component({
  selector: 'tg-time',
  imports: [MatTooltip],
  template: `
    @if (value(); as at) {
      <time [attr.datetime]="iso()" [matTooltip]="hint()" matTooltipShowDelay="400">{{ text() }}</time>
    } @else {
      <span aria-hidden="true">–</span><span class="tg-visually-hidden">{{ none() }}</span>
    }
  `,
  styles: `
    :host {
      white-space: nowrap;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class Time {
  /** RFC 3339, epoch milliseconds, or nothing. */
  readonly value = input.required<string | number | null | undefined>();
  readonly mode = input<'absolute' | 'relative' | 'day'>('absolute');
  /** What is spoken when there is no instant. */
  readonly none = input('none');
  readonly seconds = input(true);

  private readonly zone = inject(TIME_ZONE);
  private readonly now = inject(NOW);

  protected readonly iso = computed(() => new Date(this.value() ?? 0).toISOString());
  protected readonly text = computed(() => {
    const at = this.value() ?? 0;
    if (this.mode() === 'relative') return formatRelative(at, this.now());
    return this.mode() === 'day' ? formatDay(at, this.zone()) : formatInstant(at, this.zone(), this.seconds());
  });
  protected readonly hint = computed(() => {
    const at = this.value() ?? 0;
    const own = this.mode() === 'absolute' ? '' : `${formatInstant(at, this.zone())} ${this.zone()} · `;
    return `${own}${formatInstant(at, 'UTC')} UTC · ${formatRelative(at, this.now())}`;
  });
}
