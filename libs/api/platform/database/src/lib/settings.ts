import type { WriterLimits } from './engine/sqlite-writer';

/** Where the database is. The server takes it from `Config.database`. */
export type DatabaseSettings =
  | { readonly engine: 'sqlite'; readonly file: string; readonly writer?: Partial<WriterLimits> }
  | { readonly engine: 'mysql'; readonly url: string; readonly poolSize?: number };
