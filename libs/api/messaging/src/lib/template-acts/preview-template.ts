import { Injectable } from '@nestjs/common';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import type { InputOf, previewDraft, previewTemplate, RenderedPreview } from '@tollgate/contracts';
import type { Contents } from '../domain/built-in-templates';
import { pickLocale } from '../domain/locale-chain';
import { renderMessage } from '../domain/render-message';
import { countSegments } from '../domain/segments';
import type { Channel } from '../message-queue';
import { ReadTemplates } from './read-templates';
import { lintsOf } from './template-lints';
import { contentsOf } from './template-view';

type Options = Omit<InputOf<typeof previewTemplate>['body'], 'version'>;

/** What a reader sees who has no values yet. */
const SAMPLE_VALUES: Readonly<Record<string, string>> = {
  application: 'Acme',
  organization: 'Acme',
  minutes: '10',
  hours: '72',
  inviter: 'ann@acme.example',
  role: 'admin',
  balance: '120',
  threshold: '500',
  provider: 'Twilio',
  country: 'ZA',
  reason: 'http_503',
  since: '09:30 UTC',
  url: 'https://id.example/o/acme',
};
const SAMPLE_LINK = 'https://id.example/invite/sample';

/** Renders texts with sample values, exactly as a message would be. */
@Injectable()
export class PreviewTemplate {
  constructor(private readonly templates: ReadTemplates) {}

  /** Errors: not_found. */
  async saved(
    id: string,
    options: InputOf<typeof previewTemplate>['body'],
    caller: Principal,
  ): Promise<RenderedPreview> {
    const found = await this.templates.find(id, caller, options.version);
    return render(found.channel, found.key, found.contents, found.row === null, options);
  }

  /** Of texts that are not saved. Says what is wrong instead of refusing. */
  draft(wanted: InputOf<typeof previewDraft>['body']): RenderedPreview {
    return render(wanted.channel, wanted.key ?? 'verification', contentsOf(wanted.contents), false, wanted);
  }
}

function render(
  channel: Channel,
  key: string,
  contents: Contents,
  builtIn: boolean,
  options: Options,
): RenderedPreview {
  const locale = pickLocale(Object.keys(contents), options.locale ?? 'en', options.country ?? null);
  const content = locale === null ? undefined : contents[locale];
  if (locale === null || content === undefined) throw new DomainError('not_found', { param: 'locale' });
  const message = renderMessage({
    channel,
    content,
    locale,
    variables: { ...SAMPLE_VALUES, ...options.variables },
    code: key === 'invitation' || key === 'password_reset' ? SAMPLE_LINK : '123456',
    webDomain: options.web_domain ?? null,
    androidHash: options.android_hash ?? null,
  });
  const count = channel === 'sms' ? countSegments(message.text) : null;
  return {
    locale,
    subject: message.subject,
    text: message.text,
    html: message.html,
    encoding: count?.encoding ?? null,
    units: count?.units ?? null,
    segments: count?.segments ?? null,
    beyond_gsm7: [...(count?.beyondGsm7 ?? [])],
    lints: lintsOf(channel, key, { [locale]: content }, builtIn),
  };
}
