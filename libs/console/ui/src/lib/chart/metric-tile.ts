import { Component, computed, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../icon';
import type { IconName } from '../icon-names';
import type { ChartUnit } from './chart-types';
import { formatValue } from './chart-words';
import { Sparkline } from './sparkline';

/**
 * One number with its definition, its change since the previous period in words, and a way to the rows behind it.
 * `good` says which direction is welcome, so that the colour is right; null values show “–”, never 0.
 */
@Component({
  selector: 'tg-metric',
  imports: [Icon, RouterLink, Sparkline],
  template: `
    <div class="top">
      <h3>{{ label() }}</h3>
      @if (definition()) {
        <button
          type="button"
          class="what"
          [attr.aria-expanded]="explained()"
          [attr.aria-label]="'What is ' + label() + '?'"
          (click)="explained.set(!explained())"
        >
          <tg-icon name="info" [small]="true" />
        </button>
      }
    </div>
    @if (explained()) {
      <p class="definition">{{ definition() }}</p>
    }
    <p class="value tg-number">
      @if (link(); as link) {
        <a [routerLink]="$any(link)" [queryParams]="linkQuery()">{{ shown() }}</a>
      } @else {
        {{ shown() }}
      }
    </p>
    @if (change(); as change) {
      <p class="change" [attr.data-tone]="change.tone">
        <tg-icon [name]="change.icon" [small]="true" />{{ change.words }}
      </p>
    }
    @if (trend().length > 1) {
      <tg-sparkline [values]="trend()" />
    }
  `,
  styles: `
    :host {
      container-type: inline-size;
      display: flex;
      flex-direction: column;
      gap: 2px;
      min-inline-size: 0;
      padding: var(--tg-space-3) var(--tg-space-4) var(--tg-space-4);
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      background: var(--tg-raised);
    }
    .top {
      display: flex;
      align-items: center;
      gap: 2px;
      min-block-size: 28px;
    }
    h3 {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
    }
    .what {
      display: grid;
      place-items: center;
      inline-size: 28px;
      block-size: 28px;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: none;
      color: var(--mat-sys-on-surface-variant);
      cursor: pointer;
    }
    .definition {
      padding: var(--tg-space-2);
      border-radius: 8px;
      background: var(--mat-sys-surface-container);
      font: var(--mat-sys-body-small);
    }
    .value {
      font-size: clamp(1.375rem, 17cqi, 2rem);
      line-height: 1.25;
      font-weight: 600;
      letter-spacing: -0.02em;
    }
    .value a {
      color: inherit;
      text-decoration-color: transparent;
    }
    .value a:hover {
      text-decoration-color: currentColor;
    }
    .change {
      display: flex;
      align-items: center;
      gap: 4px;
      font: var(--mat-sys-body-small);
      color: var(--mat-sys-on-surface-variant);
    }
    .change[data-tone='good'] {
      color: light-dark(#0b5d2b, #8fdba6);
    }
    .change[data-tone='bad'] {
      color: var(--mat-sys-error);
    }
    tg-sparkline {
      margin-block-start: auto;
      padding-block-start: var(--tg-space-2);
    }
  `,
})
export class MetricTile {
  readonly label = input.required<string>();
  readonly value = input.required<number | null>();
  readonly unit = input<ChartUnit>('count');
  readonly definition = input('');
  /** The value of the period before; null when there was none. */
  readonly previous = input<number | null>(null);
  readonly good = input<'up' | 'down' | 'neither'>('up');
  readonly trend = input<readonly (number | null)[]>([]);
  /** To the rows behind the number. */
  readonly link = input<string | readonly unknown[] | null>(null);
  readonly linkQuery = input<Record<string, string>>({});
  protected readonly explained = signal(false);

  protected readonly shown = computed(() => formatValue(this.value(), this.unit()));
  protected readonly change = computed(() => {
    const value = this.value();
    const previous = this.previous();
    if (value === null || previous === null) return null;
    const by = value - previous;
    const icon: IconName = by === 0 ? 'trending_flat' : by > 0 ? 'trending_up' : 'trending_down';
    const tone = by === 0 || this.good() === 'neither' ? 'calm' : by > 0 === (this.good() === 'up') ? 'good' : 'bad';
    return {
      icon,
      tone,
      words: by === 0 ? 'Same as before' : `${by > 0 ? 'Up' : 'Down'} ${this.amount(by, previous)}`,
    };
  });

  /** Percentages change by points; everything else by a share of what it was. */
  private amount(by: number, previous: number): string {
    const format = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
    if (this.unit() === 'percent') return `${format.format(Math.abs(by))} points`;
    return previous === 0 ? `from 0` : `${format.format(Math.abs((by / previous) * 100))} %`;
  }
}
