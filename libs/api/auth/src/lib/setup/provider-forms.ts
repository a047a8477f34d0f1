import { createProvider, type InputOf } from '@tollgate/contracts';
import type { Field } from '../pages/form-parts';
import type { StepFields } from './setup-step';

export type NewProvider = InputOf<typeof createProvider>['body'];

export interface ProviderForm {
  readonly title: string;
  readonly text: string;
  readonly fields: readonly Omit<Field, 'value' | 'error'>[];
  /** Where a test goes: the label of its field. */
  readonly test: Omit<Field, 'value' | 'error' | 'name'>;
  build(fields: StepFields): NewProvider;
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const text = (fields: StepFields, name: string): string => (fields[name] ?? '').trim();
const filled = (entries: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== ''));

const mailTest: ProviderForm['test'] = { label: 'Send a test mail to', type: 'email', autocomplete: 'email' };

/** 465 speaks TLS from the first byte, every other port must offer STARTTLS; a relay on this machine needs neither. */
function securityOf(host: string, port: number): 'tls' | 'starttls' | 'none' {
  if (port === 465) return 'tls';
  return LOOPBACK.includes(host) ? 'none' : 'starttls';
}

/** The providers that most installations begin with. All others, and every further setting, are in the console. */
export const PROVIDER_FORMS: Readonly<Record<string, ProviderForm>> = {
  smtp: {
    title: 'Mail server (SMTP)',
    text: 'Mail through a server of your own or of your host',
    fields: [
      { name: 'host', label: 'Server', autocomplete: 'off' },
      {
        name: 'port',
        label: 'Port',
        autocomplete: 'off',
        inputmode: 'numeric',
        hint: '465 is encrypted from the first byte; on every other port encryption is demanded.',
      },
      { name: 'username', label: 'User name', autocomplete: 'off', optional: true },
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'off', optional: true },
      { name: 'from_email', label: 'Mails come from', type: 'email', autocomplete: 'off' },
    ],
    test: mailTest,
    build: (fields) => {
      const host = text(fields, 'host');
      const port = Number(text(fields, 'port') || 'none');
      const settings = { host, port, security: securityOf(host, port), from_email: text(fields, 'from_email') };
      return {
        kind: 'smtp',
        name: 'SMTP',
        settings: { ...settings, ...filled({ username: text(fields, 'username') }) },
        credentials: filled({ password: fields['password'] ?? '' }),
      };
    },
  },
  sendgrid: {
    title: 'SendGrid',
    text: 'Mail through Twilio SendGrid',
    fields: [
      { name: 'api_key', label: 'API key', type: 'password', autocomplete: 'off' },
      { name: 'from_email', label: 'Mails come from', type: 'email', autocomplete: 'off', hint: 'A verified sender.' },
    ],
    test: mailTest,
    build: (fields) => ({
      kind: 'sendgrid',
      name: 'SendGrid',
      settings: { from_email: text(fields, 'from_email') },
      credentials: filled({ api_key: text(fields, 'api_key') }),
    }),
  },
  twilio: {
    title: 'Twilio',
    text: 'Text messages to every country',
    fields: [
      { name: 'account_sid', label: 'Account SID', autocomplete: 'off', look: 'mono' },
      { name: 'auth_token', label: 'Auth token', type: 'password', autocomplete: 'off' },
      {
        name: 'from',
        label: 'Messages come from',
        autocomplete: 'off',
        hint: 'A number such as +15005550006, or a sender name.',
      },
    ],
    test: {
      label: 'Send a test message to',
      autocomplete: 'tel',
      hint: 'With its country code: +27821234567',
    },
    build: (fields) => ({
      kind: 'twilio',
      name: 'Twilio',
      settings: { account_sid: text(fields, 'account_sid'), senders: [filled({ from: text(fields, 'from') })] },
      credentials: filled({ auth_token: text(fields, 'auth_token') }),
    }),
  },
};
