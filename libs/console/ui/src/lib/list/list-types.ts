import type { Signal } from '@angular/core';
import type { IconName } from '../icon-names';
import type { Problem } from '../problem';
import type { ListState } from './list-state';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

interface FilterBase {
  /** Key in the URL (`f.<id>`) and, unless told otherwise, the query member of the endpoint. */
  readonly id: string;
  readonly label: string;
}

/** What a list can be narrowed by. The value is kept in the URL as text and sent as the named query members. */
export type Filter =
  | (FilterBase & {
      readonly kind: 'choice';
      readonly options: readonly Option[];
      /** Several at once; sent comma-separated. */
      readonly multiple?: boolean;
    })
  | (FilterBase & { readonly kind: 'text'; readonly placeholder?: string })
  | (FilterBase & {
      /** Days in the organization's zone; sent as instants, `to` exclusive. */
      readonly kind: 'dates';
      /** Query members; `<id>_from` and `<id>_to` unless told. */
      readonly from?: string;
      readonly to?: string;
    })
  | (FilterBase & {
      /** Searched on the server while typing. */
      readonly kind: 'lookup';
      readonly search: (text: string) => Promise<readonly Option[]>;
      /** Names a value that came from the URL. */
      readonly name?: (value: string) => Promise<string>;
    });

/** The rows of one page of a list, and the state that asked for them. `apiList` of the platform makes it. */
export interface ListSource<Row> {
  readonly state: ListState;
  readonly filters: readonly Filter[];
  /** Whether free text is understood, as the `q` of the URL. */
  readonly searchable: boolean;
  readonly rows: Signal<readonly Row[] | undefined>;
  readonly nextCursor: Signal<string | null>;
  /** Exact to 10,000, then null. */
  readonly total: Signal<number | null>;
  readonly loading: Signal<boolean>;
  readonly problem: Signal<Problem | undefined>;
  reload(): void;
}

interface ColumnBase {
  readonly id: string;
  readonly label: string;
  /** The endpoint's name of the order, when the list can be sorted by this column. */
  readonly sort?: string;
  /** Only shown when chosen in the column picker. */
  readonly hidden?: boolean;
  /** Left out of the cards on phones. */
  readonly wideOnly?: boolean;
}
type Maybe<T> = T | null | undefined;

/** A column: its kind decides how the value looks, is aligned and is spoken. */
export type Column<Row> = ColumnBase &
  (
    | { readonly kind?: 'text' | 'code' | 'id' | 'status' | 'masked'; readonly value: (row: Row) => Maybe<string> }
    | {
        readonly kind: 'number' | 'credits' | 'signedCredits' | 'share';
        readonly value: (row: Row) => Maybe<number>;
      }
    | {
        readonly kind: 'money';
        /** Minor units. */
        readonly value: (row: Row) => Maybe<number>;
        readonly currency: (row: Row) => string;
      }
    | { readonly kind: 'time' | 'relative' | 'day'; readonly value: (row: Row) => Maybe<string | number> }
    | {
        readonly kind: 'flag';
        readonly value: (row: Row) => Maybe<boolean>;
        readonly yes?: string;
        readonly no?: string;
      }
    | { readonly kind: 'tags'; readonly value: (row: Row) => readonly string[] }
    /** Drawn by an `<ng-template tgCell="id" [tgCellOf]="list" let-row>` in the table. */
    | { readonly kind: 'custom'; readonly end?: boolean }
  );

export interface RowAction<Row> {
  readonly label: string;
  readonly icon: IconName;
  readonly run: (row: Row) => void;
  readonly when?: (row: Row) => boolean;
  /** Why it cannot be done, shown in place of doing it; null when it can. */
  readonly refuses?: (row: Row) => string | null;
  readonly danger?: boolean;
}

export interface BulkAction<Row> {
  readonly label: string;
  readonly icon: IconName;
  readonly run: (rows: readonly Row[]) => void | Promise<unknown>;
  readonly refuses?: () => string | null;
  readonly danger?: boolean;
}

export type ExportFormat = 'csv' | 'xlsx';
