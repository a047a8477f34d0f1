import { Component, computed, input } from '@angular/core';

const WIDTH = 120;
const HEIGHT = 32;

/** A line without axes, decorative: the number beside it says what matters. */
@Component({
  selector: 'tg-sparkline',
  host: { 'aria-hidden': 'true' },
  template: `
    <svg viewBox="0 0 120 32" preserveAspectRatio="none" focusable="false">
      <path class="fill" [attr.d]="area()" />
      <path class="line" [attr.d]="line()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
    }
    svg {
      display: block;
      inline-size: 100%;
      block-size: 32px;
      overflow: visible;
    }
    .line {
      fill: none;
      stroke: var(--mat-sys-primary);
      stroke-width: 1.5;
      vector-effect: non-scaling-stroke;
    }
    .fill {
      fill: color-mix(in srgb, var(--mat-sys-primary) 12%, transparent);
    }
  `,
})
export class Sparkline {
  readonly values = input.required<readonly (number | null)[]>();

  private readonly points = computed(() => {
    const values = this.values().map((value) => value ?? 0);
    const most = Math.max(...values, 0) || 1;
    const step = WIDTH / Math.max(1, values.length - 1);
    return values.map(
      (value, at) => `${(at * step).toFixed(1)} ${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`,
    );
  });
  protected readonly line = computed(() => (this.points().length > 1 ? `M${this.points().join('L')}` : ''));
  protected readonly area = computed(() => (this.line() ? `${this.line()}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z` : ''));
}
