import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { instant } from './units';

const healthCheck = z.strictObject({
  name: z.string(),
  status: z.enum(['ok', 'degraded', 'down']),
  detail: z.string().nullable().meta({ description: 'One sentence when it is not ok' }),
});

export const systemHealth = endpoint({
  id: 'system.health',
  method: 'GET',
  path: '/v1/system/health',
  access: 'settings:read',
  tag: 'Operations',
  summary: 'How the installation is',
  responses: {
    200: z.strictObject({
      status: z.enum(['ok', 'degraded', 'down']),
      checks: z.array(healthCheck),
      jobs: z.strictObject({ waiting: z.int(), oldest_wait_ms: z.int().nullable(), dead: z.int() }),
      process: z.strictObject({
        version: z.string(),
        node: z.string(),
        profile: z.enum(['production', 'demo', 'test']),
        database: z.enum(['sqlite', 'mysql']),
        redis: z.boolean(),
        started_at: instant(),
        resident_memory_bytes: z.int(),
      }),
    }),
  },
});

export const systemEndpoints: readonly EndpointDeclaration[] = [systemHealth];
