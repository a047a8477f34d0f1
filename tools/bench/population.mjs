// Who takes part: organizations with an application, a live key and credits, made through the API as staff would.
import { randomUUID } from 'node:crypto';

const CREDITS = 1_000_000_000;
const QUOTA = 10_000_000;

/** The limits stay on and count; they are only raised so that the load passes. */
const RAISED = ['application', 'client_ip', 'client_network', 'user_ref', 'country'].map((policy) => ({
  policy,
  channel: policy === 'country' ? 'sms' : 'any',
  quota: QUOTA,
}));

async function addProvider(product, port) {
  await product.call('POST', '/v1/providers', {
    kind: 'http',
    name: 'Bench SMS',
    channels: ['sms'],
    priority: 1,
    enabled: true,
    settings: {
      request: {
        method: 'POST',
        url: `http://127.0.0.1:${port}/send`,
        headers: { 'Content-Type': 'application/json' },
        body: '{"to":{{to.e164|json}},"text":{{message|json}},"code":{{code|json}}}',
        timeout_ms: 8_000,
      },
      success: { status: ['200-299'], json: [{ path: '$.status', in: ['ok', 'queued'] }] },
      message_id: '$.id',
      limits: { rps: 1_000, concurrency: 200 },
    },
  });
}

async function addOrganization(product, index) {
  const { id } = await product.call('POST', '/v1/organizations', { name: `Bench ${index}` });
  const within = { 'tollgate-organization': id };
  const application = await product.call(
    'POST',
    '/v1/applications',
    { name: `Bench ${index}`, address_mode: 'any', settings: { fraud_guard: 'record' } },
    within,
  );
  const key = await product.call(
    'POST',
    `/v1/applications/${application.id}/keys`,
    { kind: 'live', name: 'Bench', scopes: ['verifications:write', 'verifications:read'] },
    within,
  );
  const grant = { amount: CREDITS, reason: 'Benchmark' };
  await product.call('POST', '/v1/credits/grants', grant, { ...within, 'idempotency-key': randomUUID() });
  return { id, token: key.token };
}

/** @returns the organizations, each with the token of its live key */
export async function populate(product, { provider, organizations }) {
  await product.call('PATCH', '/v1/limits', {
    rules: [...RAISED, { policy: 'prefix', channel: 'sms', quota: QUOTA }],
    reason: 'Benchmark',
  });
  await addProvider(product, provider.port);
  const made = [];
  for (let index = 0; index < organizations; index += 1) made.push(await addOrganization(product, index));
  return made;
}
