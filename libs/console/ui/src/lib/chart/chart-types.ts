/** One series of a chart; `values` has one entry a label, null where nothing is known. */
export interface ChartSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** 1 to 6 of the palette; by position unless told. Verified is 3, sent 1, never used 6, failed 2. */
  readonly slot?: 1 | 2 | 3 | 4 | 5 | 6;
  /** Drawn pale and dashed: the previous period, a forecast. */
  readonly ghost?: boolean;
}

export type ChartKind = 'line' | 'area' | 'bar' | 'stacked';

/** How values read: `toLocaleString`, credits from milli-credits, a percentage as given (91.4 → 91.4 %), milliseconds. */
export type ChartUnit = 'count' | 'credits' | 'percent' | 'ms';

/** Dashes and points beside colours, so that no series is told by colour alone. */
export const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [4, 4]];
export const POINTS = ['circle', 'rect', 'triangle', 'rectRot', 'cross', 'star'] as const;
