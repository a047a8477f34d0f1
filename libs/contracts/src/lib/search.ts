import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';

export const searchHit = z.strictObject({
  type: z.enum(['organization', 'application', 'api_key', 'team_member', 'verification', 'message', 'request']),
  id: z.string(),
  label: z.string(),
  detail: z.string().nullable(),
  organization_id: z.string().nullable(),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchEverything = endpoint({
  id: 'search',
  method: 'GET',
  path: '/v1/search',
  access: 'self',
  tag: 'Operations',
  summary: 'Find things by name or id',
  description: 'Only what the caller may see, at most 20 hits.',
  query: z.strictObject({ q: z.string().min(2).max(80) }),
  responses: { 200: z.strictObject({ data: z.array(searchHit) }) },
});

export const searchEndpoints: readonly EndpointDeclaration[] = [searchEverything];
