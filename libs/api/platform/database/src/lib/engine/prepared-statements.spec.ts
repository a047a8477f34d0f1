import mysql from 'mysql2';
import { PreparedStatements } from './prepared-statements';

const often = (statements: PreparedStatements, sql: string, values: readonly unknown[]) => {
  for (let use = 0; use < 8; use += 1) statements.valuesOf(sql, values);
  return statements.valuesOf(sql, values);
};

describe('prepared statements', () => {
  it('are those that recur and have values', () => {
    const statements = new PreparedStatements();
    expect(statements.valuesOf('SELECT ?', ['a'])).toBeNull();
    expect(often(statements, 'SELECT ?', ['a'])).toEqual(['a']);
    expect(often(statements, 'COMMIT', [])).toBeNull();
  });

  it('get whole numbers as integers, others as doubles, and nothing as NULL', () => {
    const whole = (value: number | bigint) => mysql.TypedParameter.BIGINT(value);
    expect(often(new PreparedStatements(), 'x', [7, -1, 9n, 0.5, null, undefined, Buffer.from('b')])).toEqual([
      whole(7),
      whole(-1),
      whole(9n),
      0.5,
      null,
      null,
      Buffer.from('b'),
    ]);
  });

  it('are none where a value is more than one', () => {
    expect(often(new PreparedStatements(), 'x IN (?)', [['a', 'b']])).toBeNull();
  });
});
