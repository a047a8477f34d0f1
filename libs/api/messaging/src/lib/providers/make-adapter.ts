import type { OutboundHttp } from '@tollgate/api/outbound';
import type { DeliveryProvider } from '../domain/delivery-provider';
import { compileHttpRules } from '../domain/generic/http-provider-rules';
import { ADAPTER_TIMES } from './adapter';
import { CarrierEmailProvider } from './carrier-email-provider';
import { Fast2SmsProvider } from './fast2sms-provider';
import { HttpProvider } from './http-provider';
import { OutboxProvider } from './outbox-provider';
import type { ProviderSetup } from './provider-setup';
import { SendGridProvider } from './sendgrid-provider';
import { SmtpProvider } from './smtp-provider';
import { TwilioProvider } from './twilio-provider';

export interface AdapterParts {
  readonly outbound: OutboundHttp;
  /** Another provider by its id, for those that ride on one. */
  readonly via: (providerId: string) => DeliveryProvider | null;
}

/** The one place that knows which adapter speaks for which kind. */
export function makeAdapter(setup: ProviderSetup, { outbound, via }: AdapterParts): DeliveryProvider {
  const secret = (name: string): string => setup.credentials[name] ?? '';
  switch (setup.kind) {
    case 'twilio': {
      const { account_sid: accountSid, api_key_sid: sid, base_url: baseUrl = null } = setup.settings;
      const apiKey = sid === undefined ? null : { sid, secret: secret('api_key_secret') };
      return new TwilioProvider(
        { accountSid, authToken: secret('auth_token'), apiKey, baseUrl },
        outbound,
        ADAPTER_TIMES,
      );
    }
    case 'sendgrid': {
      const {
        from_email: fromEmail,
        from_name: fromName = null,
        region = 'global',
        base_url: baseUrl = null,
      } = setup.settings;
      return new SendGridProvider(
        { apiKey: secret('api_key'), fromEmail, fromName, region, baseUrl },
        outbound,
        ADAPTER_TIMES,
      );
    }
    case 'smtp': {
      const {
        host,
        port,
        security,
        username = null,
        from_email: fromEmail,
        from_name: fromName = null,
        max_connections: maxConnections = 5,
      } = setup.settings;
      const password = username === null ? null : secret('password');
      return new SmtpProvider(
        { host, port, security, username, password, fromEmail, fromName, maxConnections },
        outbound,
        { timeoutMs: 8_000 },
      );
    }
    case 'fast2sms': {
      const { route, base_url: baseUrl = null } = setup.settings;
      return new Fast2SmsProvider({ apiKey: secret('api_key'), route, baseUrl }, outbound, ADAPTER_TIMES);
    }
    case 'http': {
      const { rules } = compileHttpRules(setup.settings);
      if (rules === null) throw new Error('settings are compiled before they are saved');
      const { rps = null, concurrency = null } = setup.settings.limits ?? {};
      return new HttpProvider({ rules, credentials: setup.credentials, rps, concurrency }, outbound);
    }
    case 'carrier_email': {
      const { via_provider_id: providerId, default_carrier: defaultCarrier = null } = setup.settings;
      return new CarrierEmailProvider({ defaultCarrier, via: () => via(providerId) });
    }
    case 'outbox':
      return new OutboxProvider();
  }
}
