import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { label } from './units';

const days = (min: number) => z.int().min(min).max(3_650);

/** Settings of the installation that staff change while it runs; everything else is an environment variable. */
export const platformSettings = z.strictObject({
  announcement: label(280).nullable().meta({ description: 'A banner in every console; null = none' }),
  message_retention_days: days(7).meta({
    description: 'After that messages keep their state and lose template variables and subject',
  }),
  request_log_retention_days: days(1),
  usage_retention_days: days(30).meta({ description: 'Rows of the usage log; rollups stay' }),
  version: z.int().meta({ description: 'Send it back with a change; another version is version_conflict' }),
});
export type PlatformSettings = z.infer<typeof platformSettings>;

export const getPlatformSettings = endpoint({
  id: 'settings.get',
  method: 'GET',
  path: '/v1/settings/platform',
  access: 'settings:read',
  tag: 'Operations',
  summary: 'Settings of the installation',
  responses: { 200: platformSettings },
});

export const updatePlatformSettings = endpoint({
  id: 'settings.update',
  method: 'PATCH',
  path: '/v1/settings/platform',
  access: 'settings:write',
  tag: 'Operations',
  summary: 'Change settings of the installation',
  body: platformSettings.partial().required({ version: true }),
  responses: { 200: platformSettings },
  errors: ['version_conflict'],
});

export const getAnnouncement = endpoint({
  id: 'settings.announcement',
  method: 'GET',
  path: '/v1/announcement',
  access: 'self',
  tag: 'Operations',
  summary: 'What the installation tells everybody who is signed in',
  responses: { 200: z.strictObject({ announcement: platformSettings.shape.announcement }) },
});

export const settingsEndpoints: readonly EndpointDeclaration[] = [
  getPlatformSettings,
  updatePlatformSettings,
  getAnnouncement,
];
