import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';

/** Above this many rows only those in view are drawn. */
export const WINDOW_ABOVE = 100;
const SPARE = 8;

/**
 * Which rows of a long list are drawn: those in view and a few to either side, with the height of the others above and
 * below. Rows have one height. Up to `WINDOW_ABOVE` rows everything is drawn.
 */
export class RowWindow<Row> {
  readonly top = signal(0);
  readonly height = signal(800);
  readonly rowHeight = signal(52);

  constructor(private readonly rows: Signal<readonly Row[]>) {}

  readonly active = computed(() => this.rows().length > WINDOW_ABOVE);
  readonly start = computed(() =>
    this.active()
      ? Math.max(0, Math.min(Math.floor(this.top() / this.rowHeight()) - SPARE, this.rows().length - 1))
      : 0,
  );
  readonly end = computed(() =>
    this.active()
      ? Math.min(this.rows().length, Math.ceil((this.top() + this.height()) / this.rowHeight()) + SPARE)
      : this.rows().length,
  );
  readonly drawn = computed(() => (this.active() ? this.rows().slice(this.start(), this.end()) : this.rows()));
  readonly before = computed(() => this.start() * this.rowHeight());
  readonly after = computed(() => (this.rows().length - this.end()) * this.rowHeight());
}
