import { get as httpGet, type Agent as HttpAgent } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { startFakeServer, type FakeServer } from '../testing';
import { AddressPolicy, isMailPort, isOpenPort, isPublicAddress } from './address-policy';
import { OutboundError } from './outbound-http';
import { UndiciOutboundHttp } from './undici-outbound-http';

const INSIDE = [
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  '100::1',
  'fec0::1',
];
const OUTSIDE = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'];

describe('addresses', () => {
  it.each(INSIDE)('%s is not of the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(OUTSIDE)('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each(['', 'localhost', '127.1', '0x7f.1', '2130706433', '1.2.3.4.5'])('%p is no address at all', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });

  it('opens inside what an operator named, and nothing near it', () => {
    const policy = new AddressPolicy(['10.1.2.0/24', '127.0.0.1', 'sms.internal', '*.corp.example', 'fd00:1::/32']);
    expect(policy.allowsAddress('10.1.2.9')).toBe(true);
    expect(policy.allowsAddress('10.1.3.9')).toBe(false);
    expect(policy.allowsAddress('127.0.0.1')).toBe(true);
    expect(policy.allowsAddress('::ffff:127.0.0.1')).toBe(true);
    expect(policy.allowsAddress('127.0.0.2')).toBe(false);
    expect(policy.allowsAddress('fd00:1::5')).toBe(true);
    expect(policy.allowsHost('SMS.internal.')).toBe(true);
    expect(policy.allowsHost('a.corp.example')).toBe(true);
    expect(policy.allowsHost('corp.example')).toBe(false);
    expect(policy.allowsHost('sms.internal.evil.example')).toBe(false);
  });

  it('knows the ports of other services', () => {
    expect([22, 25, 23, 53, 110, 445, 3306, 5432, 6379, 9200, 11211, 27017, 0, 65_536, NaN].filter(isOpenPort)).toEqual(
      [],
    );
    expect([80, 443, 8080, 8443, 3000, 40_000].every(isOpenPort)).toBe(true);
    expect([25, 465, 587, 2525, 1025].every(isMailPort)).toBe(true);
    expect([22, 80, 443, 3306].filter(isMailPort)).toEqual([]);
  });
});

const failure = async (call: Promise<unknown>): Promise<OutboundError> => {
  const error: unknown = await call.then(
    () => new Error('it went through'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OutboundError)) throw error;
  return error;
};

describe('a call out', () => {
  let server: FakeServer;
  let open: UndiciOutboundHttp;
  let closed: UndiciOutboundHttp;
  /** Names of the specs; a list is given out one after the other, as a rebinding name server does. */
  const names = new Map<string, string[][]>();

  const resolve = async (host: string) => {
    const answers = names.get(host);
    const addresses = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
    if (addresses === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };

  beforeAll(async () => {
    server = await startFakeServer((call, response) => {
      if (call.url === '/redirect') response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
      else if (call.url === '/large') response.end('x'.repeat(100_000));
      else if (call.url === '/drip') {
        response.write('x');
      } else if (call.url === '/hang') {
        // says nothing
      } else if (call.url === '/break') response.destroy();
      else response.writeHead(201, { 'x-two': ['a', 'b'] }).end(`${call.method} ${call.body}`);
    });
    open = new UndiciOutboundHttp(['127.0.0.1', 'fake.test']);
    closed = new UndiciOutboundHttp([], resolve);
  });

  afterAll(async () => {
    await open.close();
    await closed.close();
    await server.close();
  });

  it('gives the answer, whatever its status', async () => {
    const answer = await open.request({ method: 'POST', url: `${server.url}/x`, body: 'hello', headers: { a: 'b' } });
    expect([answer.status, answer.body.toString(), answer.headers['x-two']]).toEqual([201, 'POST hello', 'a, b']);
  });

  it('follows no redirect', async () => {
    expect((await open.request({ method: 'GET', url: `${server.url}/redirect` })).status).toBe(302);
  });

  it('reads no more than it may', async () => {
    const error = await failure(open.request({ method: 'GET', url: `${server.url}/large` }));
    expect([error.failure, error.maybeReceived]).toEqual(['too_large', true]);
    expect((await open.request({ method: 'GET', url: `${server.url}/large`, maxBytes: 100_000 })).body).toHaveLength(
      100_000,
    );
  });

  it.each(['/hang', '/drip', '/break'])('does not know what became of a call to %s', async (path) => {
    const error = await failure(open.request({ method: 'GET', url: server.url + path, timeoutMs: 200 }));
    expect([error.failure, error.maybeReceived]).toEqual(['unknown', true]);
  });

  it('knows that nobody received what could not be connected', async () => {
    const free = createTcpServer();
    await new Promise<void>((done) => free.listen(0, '127.0.0.1', done));
    const { port } = free.address() as AddressInfo;
    await new Promise((done) => free.close(done));
    const error = await failure(open.request({ method: 'GET', url: `http://127.0.0.1:${port}/` }));
    expect([error.failure, error.maybeReceived]).toEqual(['unreachable', false]);
    const unknown = await failure(closed.request({ method: 'GET', url: 'http://nowhere.test/' }));
    expect([unknown.failure, unknown.maybeReceived]).toEqual(['unreachable', false]);
  });

  it.each([
    ['file:///etc/passwd'],
    ['gopher://127.0.0.1/'],
    ['ftp://example.com/'],
    ['data:text/plain,x'],
    ['javascript:1'],
    ['not a url'],
    ['//example.com'],
    ['http://user@example.com/'],
    ['http://user:pw@example.com/'],
    ['http://127.0.0.1/'],
    ['http://127.1/'],
    ['http://2130706433/'],
    ['http://0x7f.1/'],
    ['http://0x7f000001/'],
    ['http://0177.0.0.1/'],
    ['http://017700000001/'],
    ['http://0/'],
    ['http://0.0.0.0/'],
    ['http://[::]/'],
    ['http://[::1]/'],
    ['http://[::ffff:127.0.0.1]/'],
    ['http://[::ffff:7f00:1]/'],
    ['http://[64:ff9b::7f00:1]/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['http://[fd00:ec2::254]/'],
    ['http://10.0.0.1/'],
    ['http://100.64.0.1/'],
    ['http://①②⑦.0.0.1/'],
    ['http://1.1.1.1:22/'],
    ['http://1.1.1.1:25/'],
    ['http://1.1.1.1:6379/'],
    ['https://1.1.1.1:3306/'],
    ['http://168.63.129.16/'],
  ])('refuses %s before anything is sent', async (url) => {
    for (const call of [closed.request({ method: 'GET', url }), closed.check(url)]) {
      const error = await failure(call);
      expect([error.failure, error.maybeReceived, error.message]).toEqual([
        'refused',
        false,
        'Outgoing calls may not go to this address',
      ]);
    }
  });

  it.each([
    ['localhost.', ['127.0.0.1']],
    ['inside.test', ['10.0.0.1']],
    ['both.test', ['1.1.1.1', '127.0.0.1']],
    ['mapped.test', ['::ffff:7f00:1']],
  ])('refuses the name %s by what it resolves to', async (host, addresses) => {
    names.set(host, [addresses]);
    const url = `http://${host}:${server.port}/`;
    expect((await failure(closed.request({ method: 'GET', url }))).failure).toBe('refused');
    expect((await failure(closed.check(url))).failure).toBe('refused');
    expect(server.calls.filter((call) => call.headers.host?.startsWith(host))).toEqual([]);
  });

  it('connects to the address that it checked, not to what the name means a moment later', async () => {
    names.set('rebind.test', [['127.0.0.1'], ['10.0.0.1']]);
    const client = new UndiciOutboundHttp(['127.0.0.1'], resolve);
    expect((await client.request({ method: 'GET', url: `http://rebind.test:${server.port}/` })).status).toBe(201);
    names.set('flip.test', [['1.1.1.1'], ['10.0.0.1']]);
    await client.check('http://flip.test/');
    expect((await failure(client.request({ method: 'GET', url: 'http://flip.test/' }))).failure).toBe('refused');
    await client.close();
  });

  it('lets a call reach what only it is allowed to', async () => {
    names.set('fake.test', [['127.0.0.1']]);
    const url = `http://fake.test:${server.port}/`;
    expect((await closed.request({ method: 'GET', url, allow: ['fake.test'] })).status).toBe(201);
    expect((await failure(closed.request({ method: 'GET', url }))).failure).toBe('refused');
  });

  it('gives vendors an agent that checks the same', async () => {
    names.set('inside.test', [['127.0.0.1']]);
    const through = (host: string, agent: HttpAgent, lookup?: never) =>
      new Promise<string>((resolve) => {
        httpGet(
          { host, port: server.port, path: '/agent', agent, ...(lookup === undefined ? {} : { lookup }) },
          (answer) => {
            answer.resume();
            resolve(String(answer.statusCode));
          },
        ).on('error', (error: Error) => resolve(error instanceof OutboundError ? error.failure : error.message));
      });
    expect(await through('127.0.0.1', open.agentFor('http:'))).toBe('201');
    expect(await through('127.0.0.1', closed.agentFor('http:'))).toBe('refused');
    expect(await through('::1', closed.agentFor('http:'))).toBe('refused');
    expect(await through('inside.test', closed.agentFor('http:'))).toBe('refused');
    // A client that brings its own lookup gets ours.
    const own = ((_host: string, _options: unknown, done: (error: null, address: string, family: number) => void) =>
      done(null, '127.0.0.1', 4)) as never;
    names.set('own.test', [['10.0.0.1']]);
    expect(await through('own.test', closed.agentFor('http:'), own)).toBe('refused');
  });

  it('connects to mail servers with the same check and their own ports', async () => {
    const socket = await open.connectMail({ host: '127.0.0.1', port: server.port });
    expect(socket.remotePort).toBe(server.port);
    socket.destroy();
    expect((await failure(closed.connectMail({ host: '127.0.0.1', port: 25 }))).failure).toBe('refused');
    expect((await failure(open.connectMail({ host: '127.0.0.1', port: 22 }))).failure).toBe('refused');
    expect((await failure(open.connectMail({ host: '127.0.0.1', port: 587, timeoutMs: 500 }))).failure).toBe(
      'unreachable',
    );
  });

  it('uses no proxy of the environment', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' });
    try {
      expect((await open.request({ method: 'GET', url: `${server.url}/` })).status).toBe(201);
    } finally {
      process.env = before;
    }
  });
});
