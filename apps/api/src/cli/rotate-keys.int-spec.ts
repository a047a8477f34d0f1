import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { SealedRows, SecretBox } from '@tollgate/api/crypto';
import type { SqlValue } from '@tollgate/api/database';
import { HttpModule } from '@tollgate/api/http';
import { ObservabilityModule, StructuredLogger } from '@tollgate/api/observability';
import { OutboundModule } from '@tollgate/api/outbound';
import { randomBytes } from 'node:crypto';
import { SLICES } from '../slices';

const ids = (prefix: string) => `${prefix}_01J0000000000000000000000A`;
const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly context: string;
  readonly given: Readonly<Record<string, SqlValue>>;
}

/** Everything that is kept sealed, with the context that its slice seals it with. */
const PLACES: readonly SealedPlace[] = [
  ['user_factor', 'secret', ids('fct'), 'user-factor'],
  ['password_reset_request', 'identifier_sealed', ids('pwr'), 'password-reset-request'],
  ['factor', 'secret_sealed', ids('fct'), 'factor'],
  ['message', 'destination_sealed', ids('msg'), 'message'],
  ['verification', 'destination_sealed', ids('vrf'), 'verification'],
  ['test_number', 'destination_sealed', ids('tnr'), 'test_number'],
  ['test_number', 'code_sealed', ids('tnr'), 'test_number_code'],
  ['delivery_provider', 'callback_sealed', ids('prv'), 'provider_callback'],
].map(([table = '', column = '', id = '', purpose = '']) => ({
  table,
  column,
  context: `${purpose}:${id}`,
  given: { id },
}));
const CREDENTIAL: SealedPlace = {
  table: 'provider_credential',
  column: 'sealed',
  context: `provider_credential:${ids('prv')}:auth_token`,
  given: { provider_id: ids('prv'), name: 'auth_token' },
};
const STEP_CONTEXT = `verification:${ids('vrf')}:1`;

onBothEngines((engine) => {
  describe('rotating keys', () => {
    let before: Slice;
    const [first, second] = [key('a1'), key('b2')];

    const boot = (keys: string, beside?: Slice): Promise<Slice> =>
      bootSlice({
        engine,
        modules: [HttpModule, ObservabilityModule.forRoot(new StructuredLogger('fatal')), OutboundModule, ...SLICES],
        environment: { TOLLGATE_KEYS: keys },
        ...(beside === undefined ? {} : { beside }),
      });

    beforeAll(async () => {
      before = await boot(first);
    });
    afterAll(() => before.close());

    const columnsOf = async (table: string): Promise<{ name: string; type: string; needed: boolean }[]> => {
      if (engine === 'sqlite') {
        const rows = await before.storage.directly<{ name: string; type: string; notnull: number }>(
          `SELECT name, type, "notnull" FROM pragma_table_info('${table}')`,
        );
        return rows.map(({ name, type, notnull }) => ({ name, type: type.toLowerCase(), needed: notnull === 1 }));
      }
      const rows = await before.storage.directly<{ name: string; type: string; nullable: string }>(
        `SELECT column_name AS name, data_type AS type, is_nullable AS nullable FROM information_schema.columns
         WHERE table_schema = DATABASE() AND table_name = '${table}'`,
      );
      return rows.map(({ name, type, nullable }) => ({ name, type, needed: nullable === 'NO' }));
    };

    /** A row with these values, and with the emptiest ones for whatever else it needs. */
    const insert = async (table: string, given: Readonly<Record<string, SqlValue>>): Promise<void> => {
      const columns = (await columnsOf(table)).filter(({ name, needed }) => needed || name in given);
      const values = columns.map(
        ({ name, type }) => given[name] ?? (/int/.test(type) ? 0 : name === 'details' ? '{}' : ''),
      );
      await before.database.execute(
        `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) VALUES (${values.map(() => '?').join(', ')})`,
        values,
      );
    };

    /** Every text of the database that begins with the id of a key, as sealed texts do. */
    const sealedWith = async (keyId: string): Promise<number> => {
      let found = 0;
      for (const { table, column } of [...PLACES, CREDENTIAL]) {
        const rows = await before.storage.directly<{ n: number }>(
          `SELECT COUNT(*) AS n FROM ${table} WHERE ${column} LIKE '${keyId}.%'`,
        );
        found += Number(rows[0]?.n);
      }
      return found;
    };

    it('covers every column that holds something sealed', async () => {
      const named = before.schema
        .flatMap((part) => part.migrations)
        .flatMap((step) => step.up({ ...dialect, engine }))
        .flatMap((sql) => {
          const table = /CREATE TABLE (\w+)/.exec(sql)?.[1];
          return table === undefined
            ? []
            : [...sql.matchAll(/\b(\w*sealed)\b/g)].map((match) => `${table}.${match[1]}`);
        });
      const covered = new Set([...PLACES, CREDENTIAL].map(({ table, column }) => `${table}.${column}`));
      expect(named.filter((name) => !covered.has(name))).toEqual([]);
      expect(named.length).toBeGreaterThan(5);
    });

    it('renews everything, after which the old key can go', async () => {
      const box = before.get(SecretBox);
      const rows = new Map<string, Record<string, SqlValue>>();
      for (const { table, column, context, given } of [...PLACES, CREDENTIAL]) {
        rows.set(table, { ...rows.get(table), ...given, [column]: box.seal(`secret of ${context}`, context) });
      }
      const steps = [
        { channel: 'sms', timeoutMs: 1, other: null },
        { channel: 'sms', timeoutMs: 1, other: { sealed: box.seal('the other number', STEP_CONTEXT), hash: 'h' } },
      ];
      const personal = JSON.stringify({ clientIp: null, userRef: 'ünï', steps });
      rows.set('verification', { ...rows.get('verification'), personal, status: 'pending', code_key_id: 'a1' });
      for (const [table, given] of rows) await insert(table, given);
      expect(await sealedWith('a1')).toBe(PLACES.length + 1);

      const both = await boot(`${second},${first}`, before);
      const kinds = await both.get(SealedRows).renew();
      expect(kinds.map(({ renewed }) => renewed)).toEqual(kinds.map(() => 1));
      expect(kinds).toHaveLength(PLACES.length + 2);
      expect(kinds.filter(({ lost }) => lost > 0)).toEqual([]);
      expect(await both.get(SealedRows).pendingUses()).toEqual([{ name: 'verifications', keyId: 'a1', count: 1 }]);
      const again = await both.get(SealedRows).renew();
      expect(again.filter(({ renewed }) => renewed > 0)).toEqual([]);
      await both.close();
      expect(await sealedWith('a1')).toBe(0);

      const after = await boot(second, before);
      const opener = after.get(SecretBox);
      for (const { table, column, context } of [...PLACES, CREDENTIAL]) {
        const [row] = await before.storage.directly<{ sealed: string }>(
          `SELECT ${column} AS sealed FROM ${table} WHERE ${column} LIKE 'b2.%'`,
        );
        expect(opener.open(row?.sealed ?? '', context)).toBe(`secret of ${context}`);
      }
      const [stored] = await before.storage.directly<{ personal: string }>('SELECT personal FROM verification');
      const kept = JSON.parse(stored?.personal ?? '{}') as { userRef: string; steps: typeof steps };
      expect(kept.userRef).toBe('ünï');
      expect(opener.open(kept.steps[1]?.other?.sealed ?? '', STEP_CONTEXT)).toBe('the other number');
      await after.close();
    });

    it('says what is sealed with a key that is gone, and renews the rest', async () => {
      const stranger = await boot(key('c3'), before);
      const kinds = await stranger.get(SealedRows).renew();
      expect(kinds.reduce((sum, { lost }) => sum + lost, 0)).toBe(PLACES.length + 2);
      expect(kinds.reduce((sum, { renewed }) => sum + renewed, 0)).toBe(0);
      await stranger.close();
      expect(await sealedWith('b2')).toBe(PLACES.length + 1);
    });
  });
});

/** Words enough to read the names of columns from the migrations. */
const dialect = {
  id: 'id',
  key: () => 'key',
  text: () => 'text',
  long: 'long',
  instant: 'instant',
  amount: 'amount',
  int: 'int',
  bool: 'bool',
  bytes: 'bytes',
  tableOptions: '',
};
