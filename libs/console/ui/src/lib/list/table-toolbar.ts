import { Component, ElementRef, computed, inject, input, output, viewChild } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { Icon } from '../icon';
import { FilterChip } from './filter-chip';
import type { Column, ExportFormat, ListSource } from './list-types';

const SEARCH_PAUSE_MS = 250;

/** Search, filters, columns and export above a list. Used by `tg-data-table`. */
@Component({
  selector: 'tg-table-toolbar',
  imports: [FilterChip, Icon, MatButton, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, MatTooltip],
  templateUrl: './table-toolbar.html',
  styleUrl: './table-toolbar.css',
})
export class TableToolbar {
  readonly list = input.required<ListSource<unknown>>();
  readonly columns = input.required<readonly Column<never>[]>();
  readonly shown = input.required<ReadonlySet<string>>();
  readonly label = input.required<string>();
  readonly exportable = input(false);
  /** Why exporting is off. */
  readonly exportRefusal = input<string | null>(null);
  readonly exported = output<ExportFormat>();
  readonly columnsChanged = output<readonly string[] | null>();

  private readonly searchBox = viewChild<ElementRef<HTMLInputElement>>('search');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private timer: ReturnType<typeof setTimeout> | undefined;
  protected readonly state = computed(() => this.list().state);

  protected searchFor(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.state().change({ q: text.trim() }), SEARCH_PAUSE_MS);
  }

  protected searchNow(text: string): void {
    clearTimeout(this.timer);
    this.state().change({ q: text.trim() });
  }

  /** For narrow screens, where the heads of the columns are not there to be pressed. */
  protected readonly sorts = computed(() =>
    this.columns().flatMap(({ sort, label }) =>
      sort
        ? [
            { value: sort, label: `${label}, ascending` },
            { value: `-${sort}`, label: `${label}, descending` },
          ]
        : [],
    ),
  );

  protected sortBy(sort: string): void {
    this.state().change({ sort });
  }

  protected setFilter(id: string, value: string): void {
    this.state().change({ filters: { [id]: value } });
  }

  protected toggleColumn(id: string, event: Event): void {
    event.stopPropagation();
    const shown = this.shown();
    const next = this.columns()
      .map((column) => column.id)
      .filter((one) => (one === id ? !shown.has(one) : shown.has(one)));
    if (next.length > 0) this.columnsChanged.emit(next);
  }

  focusSearch(): boolean {
    const box = this.searchBox()?.nativeElement;
    box?.focus();
    box?.select();
    return box !== undefined && this.host.nativeElement.contains(box);
  }
}
