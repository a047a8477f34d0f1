import {
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  contentChildren,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { NgTemplateOutlet } from '@angular/common';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatProgressBar } from '@angular/material/progress-bar';
import { Router, RouterLink } from '@angular/router';
import { CountPipe, CreditsPipe, MoneyPipe, SharePipe } from '../display/credits';
import { Id } from '../display/copy';
import { StatusChip } from '../display/status-chip';
import { Time } from '../display/time';
import { EmptyState } from '../feedback/empty-state';
import { Failed } from '../feedback/failed';
import { Icon } from '../icon';
import type { BulkAction, Column, ExportFormat, ListSource, RowAction } from './list-types';
import { RowWindow } from './row-window';
import { TableCell } from './table-cell';
import { TablePager } from './table-pager';
import { TableToolbar } from './table-toolbar';

/**
 * The one list of the console: server pages by cursor, sort, typed filters, column picker, selection bar, export, its
 * state in the URL; skeletons first, then the page before stays while the next is read; empty, no match, failed and
 * no permission are told apart; more than 100 rows are windowed; on narrow screens rows become cards.
 *
 *     <tg-data-table label="Applications" noun="application" [list]="list" [columns]="columns" [rowLink]="linkOf" />
 *
 * Projected: `[tgEmpty]` what an empty list says, `[tgTool]` buttons at the end of the toolbar, `tgCell` templates.
 * A row opens `rowLink`, or with `opens` sets `?open=<id>` for a `tg-side-sheet`.
 */
@Component({
  selector: 'tg-data-table',
  imports: [
    CountPipe,
    CreditsPipe,
    EmptyState,
    Failed,
    Icon,
    Id,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    MatProgressBar,
    MoneyPipe,
    NgTemplateOutlet,
    RouterLink,
    SharePipe,
    StatusChip,
    TablePager,
    TableToolbar,
    Time,
  ],
  host: { '(keydown)': 'onKey($event)' },
  templateUrl: './data-table.html',
  styleUrl: './data-table.css',
})
export class DataTable<Row> {
  readonly list = input.required<ListSource<Row>>();
  readonly columns = input.required<readonly Column<Row>[]>();
  /** Names the table: “Applications”. */
  readonly label = input.required<string>();
  /** Singular of a row: “application”; the plural is `label` in lower case. */
  readonly noun = input('row');
  readonly rowId = input<(row: Row) => string>((row) => (row as { id: string }).id);
  readonly rowLink = input<((row: Row) => readonly unknown[] | string) | null>(null);
  /** A row opens in a side sheet: `?open=<id>`. */
  readonly opens = input(false);
  readonly actions = input<readonly RowAction<Row>[]>([]);
  readonly bulk = input<readonly BulkAction<Row>[]>([]);
  readonly exportable = input(false);
  readonly exportRefusal = input<string | null>(null);
  /** Somebody asked for a file of all rows of the present question, not only of this page. */
  readonly exported = output<ExportFormat>();

  private readonly router = inject(Router, { optional: true });
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly frame = viewChild<ElementRef<HTMLElement>>('frame');
  private readonly toolbar = viewChild(TableToolbar);
  private readonly cells = contentChildren(TableCell<Row>);

  protected readonly rows = computed(() => this.list().rows() ?? []);
  protected readonly window = new RowWindow<Row>(this.rows);
  protected readonly selected = signal<ReadonlySet<string>>(new Set());
  protected readonly focusedRow = signal(0);
  private lastSelected = -1;

  protected readonly shownIds = computed<ReadonlySet<string>>(() => {
    const chosen = this.list().state.columns();
    const known = this.columns().filter((column) => (chosen ? chosen.includes(column.id) : !column.hidden));
    return new Set((known.length > 0 ? known : this.columns()).map((column) => column.id));
  });
  protected readonly shown = computed(() => this.columns().filter((column) => this.shownIds().has(column.id)));
  protected readonly templates = computed(() => new Map(this.cells().map((cell) => [cell.column(), cell.template])));
  protected readonly mode = computed<'failed' | 'loading' | 'empty' | 'no-match' | 'rows'>(() => {
    const list = this.list();
    if (list.problem()) return 'failed';
    if (list.rows() === undefined) return 'loading';
    if (this.rows().length > 0) return 'rows';
    return list.state.isFiltered() || list.state.page() > 1 ? 'no-match' : 'empty';
  });
  protected readonly picked = computed(() => this.rows().filter((row) => this.selected().has(this.rowId()(row))));
  protected readonly columnCount = computed(
    () => this.shown().length + (this.bulk().length > 0 ? 1 : 0) + (this.actions().length > 0 ? 1 : 0),
  );
  protected readonly announcement = computed(() => {
    if (this.mode() !== 'rows' || this.list().loading()) return '';
    const total = this.list().total();
    const column = this.columns().find((one) => one.sort === this.sortField());
    const order = column ? `, sorted by ${column.label}, ${this.sortDown() ? 'descending' : 'ascending'}` : '';
    const of = total === null ? 'more than 10,000' : String(total);
    return `Page ${this.list().state.page()}, ${this.rows().length} of ${of} ${this.label().toLowerCase()}${order}`;
  });
  protected readonly sortField = computed(() => this.list().state.sort()?.replace(/^-/, '') ?? null);
  protected readonly sortDown = computed(() => this.list().state.sort()?.startsWith('-') ?? false);

  constructor() {
    afterRenderEffect(() => {
      const frame = this.frame()?.nativeElement;
      if (!frame || !this.window.active()) return;
      this.window.height.set(frame.clientHeight || 800);
      const row = frame.querySelector<HTMLElement>('tbody tr[data-row]');
      if (row?.offsetHeight) this.window.rowHeight.set(row.offsetHeight);
    });
  }

  protected sortBy(column: Column<Row>): void {
    if (!column.sort) return;
    const down = this.sortField() === column.sort && !this.sortDown();
    this.list().state.change({ sort: down ? `-${column.sort}` : column.sort });
  }

  protected ariaSort(column: Column<Row>): string | null {
    if (!column.sort) return null;
    return this.sortField() === column.sort ? (this.sortDown() ? 'descending' : 'ascending') : 'none';
  }

  protected isEnd(column: Column<Row>): boolean {
    if (column.kind === 'custom') return column.end === true;
    return ['number', 'credits', 'signedCredits', 'share', 'money'].includes(column.kind ?? 'text');
  }

  protected open(row: Row, event?: Event): void {
    // Links, buttons and boxes in the row do their own work; text being selected is not a click.
    const inside = event?.target instanceof Element ? event.target.closest('a, button, input, label, tg-copy') : null;
    if (inside || (event && window.getSelection()?.toString())) return;
    if (this.opens()) return this.openSheet(row);
    const link = this.rowLink()?.(row);
    if (link) void this.router?.navigate(typeof link === 'string' ? [link] : [...link]);
  }

  protected openSheet(row: Row): void {
    this.list().state.change({ open: this.rowId()(row) });
  }

  protected link(row: Row): unknown[] | string | null {
    const link = this.rowLink()?.(row) ?? null;
    return link === null || typeof link === 'string' ? link : [...link];
  }

  protected select(row: Row, index: number, on: boolean, range = false): void {
    const ids = new Set(this.selected());
    const [from, to] =
      range && this.lastSelected >= 0 ? [this.lastSelected, index].sort((a, b) => a - b) : [index, index];
    for (const one of this.rows().slice(from, (to ?? index) + 1)) {
      if (on) ids.add(this.rowId()(one));
      else ids.delete(this.rowId()(one));
    }
    this.lastSelected = index;
    this.selected.set(ids);
  }

  protected selectAll(on: boolean): void {
    this.selected.set(on ? new Set(this.rows().map((row) => this.rowId()(row))) : new Set());
  }

  protected async runBulk(action: BulkAction<Row>): Promise<void> {
    await action.run(this.picked());
    this.selected.set(new Set());
  }

  protected onScroll(): void {
    if (this.window.active()) this.window.top.set(this.frame()?.nativeElement.scrollTop ?? 0);
  }

  /** `/` search, arrows or j/k move, Enter opens, x selects, Escape clears. */
  protected onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      target.closest('input, select, textarea, [role=menu], [role=dialog]')
    )
      return;
    if (event.key === '/' && this.toolbar()?.focusSearch()) return event.preventDefault();
    const index = Number(target.closest('tr[data-row]')?.getAttribute('data-row') ?? -1);
    const row = this.rows()[index];
    if (!row) return;
    const move = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (move !== undefined) this.focusRow(Math.max(0, Math.min(this.rows().length - 1, index + move)));
    else if (event.key === 'Enter' && target.matches('tr')) this.open(row);
    else if (event.key === 'x' && this.bulk().length > 0)
      this.select(row, index, !this.selected().has(this.rowId()(row)));
    else if (event.key === 'Escape' && this.selected().size > 0) this.selected.set(new Set());
    else return;
    event.preventDefault();
  }

  private focusRow(index: number): void {
    this.focusedRow.set(index);
    this.host.nativeElement.querySelector<HTMLElement>(`tr[data-row="${index}"]`)?.focus();
  }
}
