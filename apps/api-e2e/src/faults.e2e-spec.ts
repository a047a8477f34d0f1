import { jest } from '@jest/globals';
import { mysqlServerUrl, onBothEngines, redisServerUrl } from '@tollgate/api/testing';
import { runProgram } from './harness/cli';

// Each kill costs a start of the server.
jest.setTimeout(600_000);

onBothEngines((engine) => {
  it('of what was acknowledged nothing is lost or done twice when the server is killed under load', async () => {
    const { status, text } = await runProgram(['tools/faults/kill.mjs', '--engine', engine, '--kills', '5', '--json'], {
      TEST_MYSQL_URL: mysqlServerUrl(),
      TEST_REDIS_URL: redisServerUrl(),
    });
    const line = text.split('\n').find((candidate) => candidate.startsWith('{'));
    if (line === undefined) throw new Error(`the tool failed:\n${text}`);
    const report = JSON.parse(line) as { starts: number; checks: number; faults: string[] };
    expect(report.faults).toEqual([]);
    expect(report.starts).toBeGreaterThan(0);
    expect(report.checks).toBeGreaterThan(0);
    expect(status).toBe(0);
  });
});
