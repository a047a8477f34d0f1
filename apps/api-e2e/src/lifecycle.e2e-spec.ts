import { RawConnection } from './harness/raw-http';
import { spawnServer, startServer } from './harness/server';

describe('the life of the server', () => {
  it('ends with 78 and says what to set when the settings are wrong', async () => {
    const server = await spawnServer({ environment: { TOLLGATE_PROFILE: 'production', TRUSTED: 'x' } });
    expect(await server.ending()).toEqual({ code: 78, signal: null });
    expect(server.output).toMatch(/TOLLGATE_KEYS must be set in production/);
    await server.close();
  });

  it('ends with 1 when its port is taken', async () => {
    const first = await startServer();
    const second = await spawnServer({ environment: { PORT: String(first.port) } });
    expect(await second.ending()).toEqual({ code: 1, signal: null });
    expect(second.output).toMatch(/EADDRINUSE/);
    await second.close();
    await first.close();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('answers what is under way before it ends at %s', async (signal) => {
    const server = await startServer();
    const open = await RawConnection.open(server.port);
    open.write(
      'POST /v1/organizations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{',
    );
    const idle = await RawConnection.open(server.port);
    idle.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 200));

    server.process.kill(signal);
    expect(await idle.rest()).toMatch(/^HTTP\/1\.1 200 OK/);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    open.write('}');
    const answer = await open.rest();
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(await server.ending()).toEqual({ code: 0, signal: null });
    expect(server.logs.at(-1)).toMatchObject({ msg: 'stopped', drained: true, closed: true });
    await server.close();
  });

  it('starts again on the database of a server that was killed', async () => {
    const killed = await startServer();
    expect((await killed.signal('SIGKILL')).signal).toBe('SIGKILL');
    const next = await startServer({ beside: killed });
    expect((await next.fetch('/readyz')).status).toBe(200);
    await next.close();
    await killed.close();
  });

  it('shows its metrics on a port of its own and to the holder of the token', async () => {
    const token = 'a-token-of-twenty-four-characters';
    const server = await startServer({ environment: { METRICS_TOKEN: token } });
    await server.fetch('/healthz');
    const answer = await server.fetch('/metrics', { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toMatch(
      /tollgate_http_request_duration_seconds_count\{method="GET",route="\/healthz",status="200"\} \d/,
    );
    expect(text).toMatch(/tollgate_jobs\{state="waiting"\} 0/);
    await server.close();
  });
});
