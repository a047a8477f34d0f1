import { Inject, Injectable } from '@nestjs/common';
import { Database, keysetPage, where } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';
import type { InputOf, listOperationPrices, OperationPriceView, Page } from '@tollgate/contracts';
import type { Operation } from '../credit-ledger';
import type { PriceBook, PriceVersion } from '../domain/price-book';
import { OperationPriceEntity } from './operation-price.entity';

/** Stands for every country, so that the unique key covers general prices too. */
const ANY_COUNTRY = 'any';

interface PriceRow {
  id: string;
  operation: Operation;
  country: string;
  price: number;
  active: number;
  valid_from: number;
  note: string | null;
  created_at: number;
  created_by_id: string;
  created_by_label: string;
}

export interface NewPrice extends PriceVersion {
  readonly note: string | null;
  readonly createdAt: number;
  readonly createdBy: { readonly id: string; readonly label: string };
}

const COLUMNS = 'id, operation, country, price, active, valid_from, note, created_at, created_by_id, created_by_label';

const versionOf = (row: PriceRow): PriceVersion => ({
  id: row.id,
  operation: row.operation,
  country: row.country === ANY_COUNTRY ? null : row.country,
  price: Number(row.price),
  active: Number(row.active) === 1,
  validFrom: Number(row.valid_from),
});

export function priceView(price: NewPrice, state: OperationPriceView['state']): OperationPriceView {
  return {
    id: price.id,
    operation: price.operation,
    country: price.country,
    price: price.price,
    active: price.active,
    valid_from: new Date(price.validFrom).toISOString(),
    state,
    note: price.note,
    created_at: new Date(price.createdAt).toISOString(),
    created_by: price.createdBy,
  };
}

/** Versions of operation prices. They belong to the installation, not to an organization. */
@Injectable()
export class OperationPrices {
  constructor(@Inject(Database) private readonly database: Database) {}

  async all(): Promise<PriceVersion[]> {
    return (await this.database.query<PriceRow>(`SELECT ${COLUMNS} FROM operation_price`)).map(versionOf);
  }

  /** @throws DomainError price_version_conflict when another version takes effect at that instant */
  async add(price: NewPrice): Promise<void> {
    try {
      await this.database.manager.insert(OperationPriceEntity, {
        ...price,
        country: price.country ?? ANY_COUNTRY,
        createdById: price.createdBy.id,
        createdByLabel: price.createdBy.label,
      });
    } catch (error) {
      if (this.database.isDuplicate(error)) throw new DomainError('price_version_conflict', { param: 'valid_from' });
      throw error;
    }
  }

  page(
    query: InputOf<typeof listOperationPrices>['query'],
    book: PriceBook,
    atMs: number,
  ): Promise<Page<OperationPriceView>> {
    const state = {
      scheduled: where('p.valid_from > clock.at'),
      current: where(`p.valid_from <= clock.at AND NOT EXISTS (${NEWER})`),
      past: where(`p.valid_from <= clock.at AND EXISTS (${NEWER})`),
    };
    return keysetPage<PriceRow, OperationPriceView>(this.database, {
      list: 'operation_prices',
      select: COLUMNS.split(', ')
        .map((column) => `p.${column} AS ${column}`)
        .join(', '),
      // Not among the conditions: they bind the cursor, and time goes on between two pages.
      from: `operation_price p JOIN (SELECT ${Math.trunc(atMs)} AS at) clock`,
      id: 'p.id',
      sorts: { valid_from: 'p.valid_from' },
      sort: query.sort ?? '-valid_from',
      where: [
        query.operation === undefined ? null : where('p.operation = ?', query.operation),
        query.country === undefined ? null : where('p.country = ?', query.country),
        query.state === undefined ? null : state[query.state],
      ],
      limit: query.limit,
      cursor: query.cursor,
      map: (row) => {
        const version = versionOf(row);
        const more = {
          note: row.note,
          createdAt: Number(row.created_at),
          createdBy: { id: row.created_by_id, label: row.created_by_label },
        };
        return priceView({ ...version, ...more }, book.stateOf(version, atMs));
      },
    });
  }
}

/** A version that has taken over from `p`. */
const NEWER = `SELECT 1 FROM operation_price n WHERE n.operation = p.operation AND n.country = p.country
  AND n.valid_from <= clock.at AND n.valid_from > p.valid_from`;
