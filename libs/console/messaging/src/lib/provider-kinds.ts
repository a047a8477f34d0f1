import { PROVIDER_KINDS } from '@tollgate/contracts';
import type { ProviderKind } from '@tollgate/contracts';

/** One member of a provider's settings as a control. */
export interface SettingField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'choice' | 'json';
  readonly hint?: string;
  readonly options?: readonly string[];
  readonly optional?: boolean;
  /** What a new provider begins with. */
  readonly initial?: unknown;
}

export interface KindFacts {
  readonly name: string;
  readonly about: string;
  readonly channels: readonly ('sms' | 'email')[];
  readonly settings: readonly SettingField[];
  readonly credentials: readonly { readonly name: string; readonly label: string }[];
}

const senders: SettingField = {
  name: 'senders',
  label: 'Senders',
  kind: 'json',
  hint: 'One entry a country; the one without a country serves the others: [{"from":"+15005550006"}]',
  initial: [],
};
const baseUrl: SettingField = {
  name: 'base_url',
  label: 'Base URL',
  kind: 'text',
  hint: 'Only for fakes and relays',
  optional: true,
};

const HTTP_EXAMPLE = {
  request: {
    method: 'POST',
    url: 'https://sms.example/send',
    headers: { Authorization: 'Bearer {{secret.token}}', 'Content-Type': 'application/json' },
    body: '{"to":{{to.e164|json}},"text":{{message|json}}}',
  },
  success: { status: ['200-299'] },
};

/** The seven kinds, and what each wants to know. */
export const KINDS: Readonly<Record<ProviderKind, KindFacts>> = {
  twilio: {
    name: 'Twilio',
    about: 'SMS worldwide, with delivery reports.',
    channels: ['sms'],
    settings: [
      { name: 'account_sid', label: 'Account SID', kind: 'text', hint: 'AC and 32 hexadecimal digits' },
      {
        name: 'api_key_sid',
        label: 'API key SID',
        kind: 'text',
        hint: 'SK…, instead of the auth token for calls',
        optional: true,
      },
      senders,
      baseUrl,
    ],
    credentials: [
      { name: 'auth_token', label: 'Auth token' },
      { name: 'previous_auth_token', label: 'Previous auth token, while it rotates' },
      { name: 'api_key_secret', label: 'API key secret' },
    ],
  },
  sendgrid: {
    name: 'SendGrid',
    about: 'E-mail, with signed event callbacks.',
    channels: ['email'],
    settings: [
      { name: 'from_email', label: 'From', kind: 'text' },
      { name: 'from_name', label: 'From name', kind: 'text', optional: true },
      { name: 'region', label: 'Region', kind: 'choice', options: ['global', 'eu'], optional: true },
      { name: 'webhook_public_key', label: 'Webhook public key', kind: 'text', optional: true },
      baseUrl,
    ],
    credentials: [{ name: 'api_key', label: 'API key' }],
  },
  smtp: {
    name: 'SMTP',
    about: 'E-mail through your own server.',
    channels: ['email'],
    settings: [
      { name: 'host', label: 'Host', kind: 'text' },
      { name: 'port', label: 'Port', kind: 'number', initial: 587 },
      {
        name: 'security',
        label: 'Security',
        kind: 'choice',
        options: ['tls', 'starttls', 'none'],
        initial: 'starttls',
      },
      { name: 'username', label: 'User name', kind: 'text', optional: true },
      { name: 'from_email', label: 'From', kind: 'text' },
      { name: 'from_name', label: 'From name', kind: 'text', optional: true },
    ],
    credentials: [{ name: 'password', label: 'Password' }],
  },
  fast2sms: {
    name: 'Fast2SMS',
    about: 'SMS within India; DLT ids belong to the senders.',
    channels: ['sms'],
    settings: [
      { name: 'route', label: 'Route', kind: 'choice', options: ['otp', 'dlt', 'dlt_manual', 'q'], initial: 'otp' },
      senders,
      baseUrl,
    ],
    credentials: [{ name: 'api_key', label: 'API key' }],
  },
  http: {
    name: 'Generic HTTP',
    about: 'Any provider with an HTTP API: the request is a template.',
    channels: ['sms', 'email'],
    settings: [
      {
        name: '',
        label: 'Request and rules',
        kind: 'json',
        hint: 'Every {{value}} needs its filter: json, url, form, xml or b64',
        initial: HTTP_EXAMPLE,
      },
    ],
    credentials: [{ name: 'token', label: 'token, used as {{secret.token}}' }],
  },
  carrier_email: {
    name: 'Carrier e-mail to SMS',
    about: 'Deprecated: the carriers of the United States have shut or are shutting these gateways.',
    channels: ['sms'],
    settings: [
      {
        name: 'via_provider_id',
        label: 'Mail provider id',
        kind: 'text',
        hint: 'prv_… of an SMTP or SendGrid provider',
      },
      { name: 'default_carrier', label: 'Default carrier', kind: 'text', optional: true },
    ],
    credentials: [],
  },
  outbox: {
    name: 'Outbox',
    about: 'Delivers to the console. For trying out; needs no account anywhere.',
    channels: ['sms', 'email'],
    settings: [],
    credentials: [],
  },
};

export const KIND_OPTIONS = PROVIDER_KINDS.map((value) => ({
  value,
  label: KINDS[value].name,
  hint: KINDS[value].about,
}));

/** What stands in a control for a stored value. */
export function textOf(field: SettingField, settings: Readonly<Record<string, unknown>>): string {
  const value = field.name === '' ? settings : settings[field.name];
  if (value === undefined || value === null) return '';
  return field.kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

/** The settings from what stands in the controls. Throws `UnreadableSetting`, which names the control. */
export function settingsOf(
  fields: readonly SettingField[],
  texts: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? '').trim();
    if (text === '' && field.optional === true) continue;
    const value = field.kind === 'number' ? Number(text) : field.kind === 'json' ? parse(field.label, text) : text;
    if (field.name === '') Object.assign(settings, value);
    else settings[field.name] = value;
  }
  return settings;
}

/** A control whose text is not JSON. */
export class UnreadableSetting extends Error {}

function parse(label: string, text: string): unknown {
  try {
    return JSON.parse(text === '' ? 'null' : text) as unknown;
  } catch {
    throw new UnreadableSetting(`${label} is not valid JSON`);
  }
}

export function initialTexts(kind: ProviderKind): Record<string, string> {
  return Object.fromEntries(
    KINDS[kind].settings.map((field) => [
      field.name,
      field.initial === undefined
        ? ''
        : field.kind === 'json'
          ? JSON.stringify(field.initial, null, 2)
          : String(field.initial),
    ]),
  );
}
