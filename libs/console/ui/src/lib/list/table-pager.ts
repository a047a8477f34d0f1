import { Component, computed, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { CountPipe } from '../display/credits';
import { Icon } from '../icon';
import { PAGE_SIZES } from './list-state';
import type { ListSource } from './list-types';

/** Pages by cursor: forward and back, how many of how many, rows a page. Used by `tg-data-table`. */
@Component({
  selector: 'tg-table-pager',
  imports: [CountPipe, Icon, MatIconButton],
  template: `
    <span class="count">{{ says() }}</span>
    <label class="size">
      Rows
      <select [value]="list().state.size()" (change)="setSize($any($event.target).value)">
        @for (size of sizes; track size) {
          <option [value]="size" [selected]="size === list().state.size()">{{ size }}</option>
        }
      </select>
    </label>
    <nav class="pages" aria-label="Pages">
      <button
        matIconButton
        type="button"
        aria-label="Previous page"
        [disabled]="list().state.page() === 1"
        disabledInteractive
        (click)="list().state.previous()"
      >
        <tg-icon name="chevron_left" />
      </button>
      <span class="tg-number">Page {{ list().state.page() | count }}</span>
      <button
        matIconButton
        type="button"
        aria-label="Next page"
        [disabled]="!list().nextCursor()"
        disabledInteractive
        (click)="next()"
      >
        <tg-icon name="chevron_right" />
      </button>
    </nav>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: var(--tg-space-1) var(--tg-space-4);
      min-block-size: 52px;
      padding-inline: var(--tg-space-4) var(--tg-space-2);
      border-block-start: 1px solid var(--mat-sys-outline-variant);
      font: var(--mat-sys-body-small);
      color: var(--mat-sys-on-surface-variant);
    }
    .count {
      margin-inline-end: auto;
      font-variant-numeric: tabular-nums;
    }
    .size {
      display: flex;
      align-items: center;
      gap: var(--tg-space-2);
    }
    select {
      block-size: 32px;
      padding-inline: 6px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 6px;
      background: var(--mat-sys-surface);
      color: var(--mat-sys-on-surface);
    }
    .pages {
      display: flex;
      align-items: center;
      gap: var(--tg-space-1);
    }
  `,
})
export class TablePager {
  readonly list = input.required<ListSource<unknown>>();
  protected readonly sizes = PAGE_SIZES;
  protected readonly says = computed(() => {
    const list = this.list();
    const count = list.rows()?.length ?? 0;
    const first = (list.state.page() - 1) * list.state.size() + 1;
    const format = new Intl.NumberFormat('en');
    const total = list.total();
    return `${format.format(first)}–${format.format(first + count - 1)} of ${total === null ? 'more than 10,000' : format.format(total)}`;
  });

  protected next(): void {
    const cursor = this.list().nextCursor();
    if (cursor) this.list().state.next(cursor);
  }

  protected setSize(size: string): void {
    this.list().state.change({ size: Number(size) });
  }
}
