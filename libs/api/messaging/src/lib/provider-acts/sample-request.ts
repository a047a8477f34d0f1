import type { Channel } from '../message-queue';
import { builtInTemplate } from '../domain/built-in-templates';
import type { DeliveryRequest, SenderIdentity } from '../domain/delivery-provider';
import { pickLocale } from '../domain/locale-chain';
import { renderMessage } from '../domain/render-message';

export const SAMPLE_CODE = '123456';

interface Sample {
  readonly id: string;
  readonly channel: Channel;
  readonly to: string;
  readonly country: string | null;
  readonly locale: string;
  readonly code: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly sender: SenderIdentity;
}

/** A message that looks like the ones to come: the code text of the product with a sample code. */
export function sampleRequest(sample: Sample): DeliveryRequest {
  const contents = builtInTemplate('verification', sample.channel) ?? {};
  const locale = pickLocale(Object.keys(contents), sample.locale, sample.country) ?? 'en';
  const variables = { application: 'Tollgate test', minutes: '10', ...sample.variables };
  const content = contents[locale] ?? { text: '{{code}}' };
  const message = renderMessage({
    channel: sample.channel,
    content,
    locale,
    variables,
    code: sample.code,
    webDomain: null,
    androidHash: null,
  });
  return {
    messageId: sample.id,
    attemptId: sample.id,
    channel: sample.channel,
    to: sample.to,
    country: sample.country,
    locale,
    message,
    code: sample.code,
    variables,
    sender: sample.sender,
    ttlSeconds: 600,
    webDomain: null,
    callbackUrl: null,
    scenario: null,
    attempt: 1,
  };
}
