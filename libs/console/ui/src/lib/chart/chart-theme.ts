import { DOCUMENT, DestroyRef, Service, computed, inject, signal } from '@angular/core';

export interface ChartColors {
  readonly slots: readonly string[];
  readonly grid: string;
  readonly text: string;
  readonly tooltipBackground: string;
  readonly tooltipText: string;
  readonly surface: string;
  readonly font: string;
}

/**
 * The tokens as colours that a canvas understands. A canvas reads no CSS variables, and tokens use `light-dark()`; a
 * probe element resolves them. Looks again when the scheme of the system or of the document changes.
 */
@Service()
export class ChartTheme {
  private readonly document = inject(DOCUMENT);
  private readonly turn = signal(0);

  readonly colors = computed<ChartColors>(() => {
    this.turn();
    const probe = this.document.createElement('span');
    probe.hidden = true;
    this.document.body.append(probe);
    const view = this.document.defaultView;
    const mixed = (color: string) => {
      probe.style.color = color;
      return view?.getComputedStyle(probe).color || '#888';
    };
    const resolve = (token: string) => mixed(`var(${token})`);
    const colors = {
      slots: [1, 2, 3, 4, 5, 6].map((slot) => resolve(`--tg-viz-${slot}`)),
      grid: mixed('color-mix(in srgb, var(--mat-sys-outline-variant) 60%, transparent)'),
      text: resolve('--mat-sys-on-surface-variant'),
      tooltipBackground: resolve('--mat-sys-inverse-surface'),
      tooltipText: resolve('--mat-sys-inverse-on-surface'),
      surface: resolve('--tg-raised'),
      font: view?.getComputedStyle(this.document.body).fontFamily || 'sans-serif',
    };
    probe.remove();
    return colors;
  });

  constructor() {
    const again = () => this.turn.update((turn) => turn + 1);
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', again);
    const observer = new MutationObserver(again);
    observer.observe(this.document.documentElement, { attributeFilter: ['data-theme', 'data-density'] });
    inject(DestroyRef).onDestroy(() => {
      dark.removeEventListener('change', again);
      observer.disconnect();
    });
  }
}
