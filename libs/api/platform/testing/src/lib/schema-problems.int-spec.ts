import { IdColumn, migration, TextColumn, type SchemaPart } from '@tollgate/api/database';
import { Entity } from 'typeorm';
import { onBothEngines } from './on-both-engines';
import { schemaProblems } from './schema-problems';

@Entity('shelf')
class Shelf {
  @IdColumn({ primary: true }) id!: string;
  @TextColumn(40) label!: string;
  @TextColumn(40, { nullable: true }) colour!: string | null;
}

@Entity('attic')
class Attic {
  @IdColumn({ primary: true }) id!: string;
}

const part = (columns: string[], down: string[], entities: SchemaPart['entities'] = [Shelf]): SchemaPart => ({
  entities,
  migrations: [
    migration({
      name: '2026-11-22-0096-shelf',
      up: (t) => [
        `CREATE TABLE shelf (id ${t.id} NOT NULL PRIMARY KEY, ${columns.map((column) => column.replace('TEXT', t.text(40))).join(', ')})${t.tableOptions}`,
      ],
      down: () => down,
    }),
  ],
});

onBothEngines((engine) => {
  it('finds nothing where entities, tables and the way down fit', async () => {
    const good = part(['label TEXT NOT NULL', 'colour TEXT NULL', 'extra TEXT NULL'], ['DROP TABLE shelf']);
    expect(await schemaProblems(engine, [good])).toEqual([]);
  });

  it('names what does not fit', async () => {
    const bad = part(['label TEXT NULL', 'height TEXT NOT NULL'], [], [Shelf, Attic]);
    const problems = (await schemaProblems(engine, [bad]).catch((error: unknown) => [String(error)])).join('\n');
    // Without the way down the table is in the way when it is made again.
    expect(problems).toContain('2026-11-22-0096-shelf failed');
    const half = part(['label TEXT NULL', 'height TEXT NOT NULL'], ['DROP TABLE shelf'], [Shelf, Attic]);
    expect((await schemaProblems(engine, [half])).toSorted()).toEqual([
      'Attic: there is no table attic',
      'shelf.colour is in the entity and not in the table',
      'shelf.height is NOT NULL and not in the entity',
      'shelf.label is NULL in the table alone',
    ]);
  });
});
