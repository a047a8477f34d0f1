import type { TemplateView } from '@tollgate/contracts';
import { builtInTemplate, type Contents } from '../domain/built-in-templates';
import type { Channel } from '../message-queue';
import type { TemplateRow } from '../persistence/entities';
import { carriesSecret, lintsOf } from './template-lints';

const instant = (ms: number): string => new Date(ms).toISOString();
const wire = (contents: Contents): TemplateView['contents'] =>
  Object.fromEntries(Object.entries(contents).map(([locale, content]) => [locale, { ...content }]));

export function templateView(row: TemplateRow, contents: Contents): TemplateView {
  return {
    id: row.id,
    organization_id: row.organizationId,
    key: row.key,
    name: row.name,
    channel: row.channel,
    built_in: false,
    status: row.status,
    version: row.version,
    secret: carriesSecret(row.key, false),
    contents: wire(contents),
    lints: lintsOf(row.channel, row.key, contents, false),
    created_at: instant(row.createdAt),
    updated_at: instant(row.updatedAt),
  };
}

export function builtInView(key: string, channel: Channel, contents: Contents): TemplateView {
  return {
    id: `${key}.${channel}`,
    organization_id: null,
    key,
    name: `${key.replace(/_/g, ' ')} (${channel})`,
    channel,
    built_in: true,
    status: 'active',
    version: 1,
    secret: carriesSecret(key, true),
    contents: wire(contents),
    lints: lintsOf(channel, key, contents, true),
    created_at: null,
    updated_at: null,
  };
}

/** `verification.sms`; null when there is no such built-in template. */
export function builtInById(
  id: string,
): { readonly key: string; readonly channel: Channel; readonly contents: Contents } | null {
  const [key = '', channel = ''] = id.split('.');
  if (channel !== 'sms' && channel !== 'email') return null;
  const contents = builtInTemplate(key, channel);
  return contents === null ? null : { key, channel, contents };
}

export const contentsOf = (wireContents: TemplateView['contents']): Contents => wireContents as Contents;
