import { Database } from '@tollgate/api/database';
import { onBothEngines } from '@tollgate/api/testing';
import { aClient, aNumber, bootOtp, keyOf, type OtpSlice } from '../testing';
import { CheckVerification } from './check-verification';
import { StartVerification } from './start-verification';

/** How many statements this slice, the ledger and the meter send; limits and messages are in memory here. */
onBothEngines((engine) => {
  let slice: OtpSlice;
  let statements: string[] = [];

  beforeAll(async () => {
    slice = await bootOtp(engine);
    const database = slice.get(Database);
    for (const name of ['query', 'execute'] as const) {
      const through = database[name].bind(database) as (sql: string, values?: never) => Promise<never>;
      Object.assign(database, {
        [name]: (sql: string, values?: never) => {
          statements.push(sql.trim());
          return through(sql, values);
        },
      });
    }
  });
  afterAll(() => slice.close());

  const counted = async (act: () => Promise<unknown>): Promise<string[]> => {
    statements = [];
    await act();
    // What runs in the background besides is not the act's.
    const own = statements.filter((statement) => !/\b(audit_\w+|cache_version|\w+_version|job\w*)\b/.test(statement));
    return own.map((statement) => statement.split(/\s+/).slice(0, 3).join(' '));
  };

  it('a live start reads nothing and writes row, send, usage and four of the ledger', async () => {
    const key = keyOf(await aClient(slice));
    const start = () => slice.get(StartVerification).execute({ to: aNumber() }, key);
    await start();
    const sent = await counted(start);
    expect(sent.slice(0, 3)).toEqual([
      'INSERT INTO verification',
      'INSERT INTO verification_send',
      'INSERT INTO usage_event',
    ]);
    expect(sent).toHaveLength(7);
  });

  it('a first live check reads the row and writes guard, check, usage and four of the ledger', async () => {
    const key = keyOf(await aClient(slice));
    const { view } = await slice.get(StartVerification).execute({ to: aNumber() }, key);
    const code = (await slice.messages.codeFor(view.id)) ?? '';
    const sent = await counted(() => slice.get(CheckVerification).execute(view.id, code, key));
    expect(sent.slice(0, 4)).toEqual([
      'SELECT id AS',
      'UPDATE verification SET',
      'INSERT INTO verification_check',
      'INSERT INTO usage_event',
    ]);
    expect(sent).toHaveLength(8);
  });
});
