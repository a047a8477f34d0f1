import { Component, computed, input } from '@angular/core';

/** Grey lines in the shape of what comes; invisible for the first 150 ms, so that quick answers do not flicker. */
@Component({
  selector: 'tg-skeleton',
  host: { 'aria-hidden': 'true' },
  template: `@for (line of widths(); track $index) {
    <span [style.inline-size.%]="line"></span>
  }`,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-3);
      padding-block: var(--tg-space-2);
      animation: appear 150ms 150ms both;
    }
    span {
      block-size: 14px;
      border-radius: 6px;
      background: linear-gradient(
          90deg,
          transparent,
          color-mix(in srgb, var(--mat-sys-surface-container-lowest) 70%, transparent),
          transparent
        )
        0 0 / 220% 100% var(--mat-sys-surface-container-high);
      animation: pass 1.4s linear infinite;
    }
    @keyframes pass {
      from {
        background-position: 160% 0;
      }
      to {
        background-position: -60% 0;
      }
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class Skeleton {
  readonly lines = input(4);
  protected readonly widths = computed(() => Array.from({ length: this.lines() }, (_, i) => [92, 74, 84, 58][i % 4]));
}
