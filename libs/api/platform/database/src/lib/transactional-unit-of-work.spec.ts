import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type OpenDatabase } from './engine/open-data-source';
import { TransactionalUnitOfWork } from './transactional-unit-of-work';
import { TypeormDatabase } from './typeorm-database';

describe('TransactionalUnitOfWork', () => {
  let folder: string;
  let open: OpenDatabase;
  let database: TypeormDatabase;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-unit-'));
    open = await openDatabase({ engine: 'sqlite', file: join(folder, 'test.db') }, []);
    database = new TypeormDatabase(open.dataSource, open.context);
    await database.execute('CREATE TABLE note (id TEXT PRIMARY KEY)');
  });
  afterEach(async () => {
    await open.dataSource.destroy();
    rmSync(folder, { recursive: true });
  });

  it('rolls back a transaction that hangs, lets the others go on, and refuses what it says later', async () => {
    const unit = new TransactionalUnitOfWork(open.dataSource, open.context, 50);
    let wake: () => void = () => undefined;
    const hung = new Promise<void>((resolve) => (wake = resolve));
    let late: Promise<unknown> = Promise.resolve();
    const hanging = unit.run(async () => {
      await database.execute('INSERT INTO note (id) VALUES (?)', ['hung']);
      await hung;
      late = database.execute('INSERT INTO note (id) VALUES (?)', ['late']);
      await late;
    });
    const refused = expect(hanging).rejects.toThrow('was open for 50 ms');
    await Promise.all([refused, unit.run(() => database.execute('INSERT INTO note (id) VALUES (?)', ['next']))]);
    wake();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(late).rejects.toThrow('has ended');
    expect(await database.query('SELECT id FROM note')).toEqual([{ id: 'next' }]);
  });
});
