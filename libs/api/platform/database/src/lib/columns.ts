import { Column, type ColumnOptions, type ColumnType, type ValueTransformer } from 'typeorm';

/** Options of every column decorator. Without `name` the column is the property in snake_case. */
export interface ColumnSettings {
  readonly name?: string;
  readonly nullable?: boolean;
  readonly primary?: boolean;
}

/** `organizationId` → `organization_id`, `sha256` → `sha256`. */
export function snakeCase(property: string): string {
  return property.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** BIGINT as a safe integer, whichever way the driver gave it. Throws rather than round. */
const safeInteger: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => {
    if (value === null || value === undefined) return null;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new Error('a stored integer is outside the safe range');
    return number;
  },
};

const json: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : null),
};

function column(type: ColumnType, settings: ColumnSettings, extra: ColumnOptions = {}): PropertyDecorator {
  return (target, property) => {
    if (typeof property !== 'string') throw new Error('columns are named properties');
    Column({
      type,
      name: settings.name ?? snakeCase(property),
      nullable: settings.nullable ?? false,
      primary: settings.primary ?? false,
      ...extra,
    })(target, property);
  };
}

/** `org_…` and other ids; `Dialect.id`. */
export const IdColumn = (settings: ColumnSettings = {}) => column('varchar', settings, { length: 40 });
/** Ascii keys, hashes and codes up to n characters; `Dialect.key(n)`. */
export const KeyColumn = (n: number, settings: ColumnSettings = {}) => column('varchar', settings, { length: n });
/** Unicode text up to n characters; `Dialect.text(n)`. */
export const TextColumn = (n: number, settings: ColumnSettings = {}) => column('varchar', settings, { length: n });
/** Long text; `Dialect.long`. */
export const LongColumn = (settings: ColumnSettings = {}) => column('text', settings);
/** A value kept as JSON text; `Dialect.long`. Not to be searched. */
export const JsonColumn = (settings: ColumnSettings = {}) => column('text', settings, { transformer: json });
/** Epoch milliseconds UTC; `Dialect.instant`. */
export const InstantColumn = (settings: ColumnSettings = {}) =>
  column('bigint', settings, { transformer: safeInteger });
/** Integer amounts: milli-credits, minor units; `Dialect.amount`. */
export const AmountColumn = (settings: ColumnSettings = {}) => column('bigint', settings, { transformer: safeInteger });
/** `Dialect.int`. */
export const IntColumn = (settings: ColumnSettings = {}) => column('int', settings);
/** `true` or `false`, stored as 1 or 0; `Dialect.bool`. Raw SQL sees the number. */
export const BoolColumn = (settings: ColumnSettings = {}) => column(Boolean, settings);
