import { migrate, rollback, type Engine, type SchemaPart } from '@tollgate/api/database';
import { bootSlice } from './boot-slice';
import type { TestDatabase } from './test-database';

interface ColumnFacts {
  readonly table: string;
  readonly column: string;
  readonly nullable: boolean;
  readonly primary: boolean;
  readonly hasDefault: boolean;
}

async function columnsOf(storage: TestDatabase): Promise<ColumnFacts[]> {
  const sql =
    storage.engine === 'sqlite'
      ? `SELECT m.name AS t, c.name AS c, c."notnull" AS required, c.pk AS pk, c.dflt_value AS def FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`
      : `SELECT table_name AS t, column_name AS c, is_nullable = 'NO' AS required, column_key = 'PRI' AS pk, column_default AS def FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`;
  const rows = await storage.directly<{ t: string; c: string; required: number; pk: number; def: unknown }>(sql);
  return rows.map(({ t, c, required, pk, def }) => ({
    table: t,
    column: c,
    nullable: required === 0,
    primary: pk > 0,
    hasDefault: def !== null,
  }));
}

/** Every table, column and index, as the engine describes them. */
async function catalogue(storage: TestDatabase): Promise<string[]> {
  const sql =
    storage.engine === 'sqlite'
      ? [`SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name`]
      : [
          'SELECT table_name, column_name, column_type, collation_name, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position',
          'SELECT table_name, index_name, column_name, non_unique FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index',
        ];
  const rows = await Promise.all(sql.map((each) => storage.directly(each)));
  return rows.flat().map((row) => JSON.stringify(row));
}

async function entityProblems(engine: Engine, parts: readonly SchemaPart[]): Promise<string[]> {
  const slice = await bootSlice({ engine, modules: [], schema: parts });
  try {
    const columns = await columnsOf(slice.storage);
    return slice.database.manager.dataSource.entityMetadatas.flatMap((entity) => {
      const actual = columns.filter(({ table }) => table === entity.tableName);
      if (actual.length === 0) return [`${entity.name}: there is no table ${entity.tableName}`];
      const declared = entity.columns.flatMap(({ databaseName, isNullable, isPrimary }) => {
        const name = `${entity.tableName}.${databaseName}`;
        const found = actual.find(({ column }) => column === databaseName);
        if (found === undefined) return [`${name} is in the entity and not in the table`];
        return [
          ...(found.nullable === isNullable
            ? []
            : [`${name} is ${found.nullable ? '' : 'NOT '}NULL in the table alone`]),
          ...(found.primary === isPrimary ? [] : [`${name} is a primary key on one side alone`]),
        ];
      });
      const names = new Set(entity.columns.map(({ databaseName }) => databaseName));
      const missing = actual.filter(
        ({ column, nullable, hasDefault }) => !names.has(column) && !nullable && !hasDefault,
      );
      return [
        ...declared,
        ...missing.map(({ table, column }) => `${table}.${column} is NOT NULL and not in the entity`),
      ];
    });
  } finally {
    await slice.close();
  }
}

async function migrationProblems(engine: Engine, parts: readonly SchemaPart[]): Promise<string[]> {
  const slice = await bootSlice({ engine, modules: [], schema: parts });
  try {
    const { settings } = slice.storage;
    const fresh = await catalogue(slice.storage);
    const reverted = await rollback(settings, slice.schema, Number.MAX_SAFE_INTEGER);
    const left = (await columnsOf(slice.storage)).filter(({ table }) => table !== 'schema_migration');
    const again = await migrate(settings, slice.schema);
    const after = new Set(await catalogue(slice.storage));
    return [
      ...new Set(left.map(({ table }) => `the table ${table} is left when every migration is reverted`)),
      ...(again.length === reverted.length ? [] : ['not every reverted migration was applied again']),
      ...fresh.filter((line) => !after.has(line)).map((line) => `lost after going down and up again: ${line}`),
    ];
  } finally {
    await slice.close();
  }
}

/**
 * What does not fit between the entities and the migrations of these parts, and in their way down and up again; empty
 * when all is well. For one spec over the whole schema.
 */
export async function schemaProblems(engine: Engine, parts: readonly SchemaPart[]): Promise<string[]> {
  return [...(await entityProblems(engine, parts)), ...(await migrationProblems(engine, parts))];
}
