// Password sign-ins against bcrypt itself, and the session check against a bare route, taken in turns so that what
// else the machine does falls on both alike.
import bcrypt from 'bcrypt';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { hammer, requestBytes } from './connection.mjs';
import { cpuSeconds, signInForm } from './product.mjs';

const BCRYPT_COST = 12;
const ROUNDS = 3;

async function everyClient(clients, seconds, act) {
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      while (performance.now() - began < seconds * 1_000) {
        await act(index);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - began) / 1_000);
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function inTurns(measureProduct, measureBare) {
  const product = [];
  const bare = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await measureBare());
    product.push(await measureProduct());
  }
  return { product: mean(product), bare: mean(bare), ratio: mean(product) / mean(bare), rounds: { product, bare } };
}

/** Sign-ins a second through the form, as browsers do, against bcrypt comparisons a second with a core each. */
export async function measureSignIns(product, seconds) {
  const people = [product.people.admin, product.people.super_admin];
  const forms = await Promise.all(people.map((person) => signInForm(product.url, person)));
  const hash = await bcrypt.hash('violet trumpet gravel', BCRYPT_COST);
  const cores = availableParallelism();
  const signIn = async (index) => {
    const answer = await fetch(`${product.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      ...forms[index % forms.length],
    });
    await answer.arrayBuffer();
    if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}`);
  };
  // Fewer at once than the attempts that an account is allowed before it has to wait.
  return inTurns(
    () => everyClient(4, seconds, signIn),
    () => everyClient(cores, seconds, () => bcrypt.compare('violet trumpet gravel', hash)),
  );
}

async function startBareRoute(session) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('bare-route.mjs', import.meta.url)), session], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(Number(data)));
    child.once('exit', () => reject(new Error('the bare route did not start')));
  });
  return { port, pid: child.pid, stop: () => child.kill('SIGKILL') };
}

/** `GET /v1/session` with its cookie, against a Nest and Fastify route that answers an object of the same size. */
export async function measureSessions(product, { seconds, clients }) {
  const session = JSON.stringify(await product.call('GET', '/v1/session'));
  const bare = await startBareRoute(session);
  const asked = requestBytes('GET', '/v1/session', [`cookie: ${product.session.cookie}`]);
  const plain = requestBytes('GET', '/session', [`cookie: ${product.session.cookie}`]);
  try {
    await hammer({ port: product.port, bytes: asked, clients, seconds: 1 });
    await hammer({ port: bare.port, bytes: plain, clients, seconds: 1 });
    const before = { product: cpuSeconds(product.pid), bare: cpuSeconds(bare.pid) };
    const figures = await inTurns(
      () => hammer({ port: product.port, bytes: asked, clients, seconds }),
      () => hammer({ port: bare.port, bytes: plain, clients, seconds }),
    );
    const cpuMicros = (pid, used, rounds) =>
      ((cpuSeconds(pid) - used) * 1e6) / (rounds.reduce((sum, rate) => sum + rate, 0) * seconds);
    return {
      ...figures,
      productCpuMicros: cpuMicros(product.pid, before.product, figures.rounds.product),
      bareCpuMicros: cpuMicros(bare.pid, before.bare, figures.rounds.bare),
    };
  } finally {
    bare.stop();
  }
}
