import { Injectable } from '@nestjs/common';
import type { TemplateContent } from './domain/built-in-templates';
import type { RenderedMessage } from './domain/delivery-provider';
import { pickLocale } from './domain/locale-chain';
import { renderMessage } from './domain/render-message';
import type { RenderedFacts } from './persistence/message-outbox';
import type { MessageRow } from './persistence/message-row';
import { TemplateDirectory } from './template-directory';

export interface Composed {
  readonly message: RenderedMessage;
  readonly content: TemplateContent;
  readonly facts: RenderedFacts;
}

/** Stands for the code where it must not be seen. */
export const HIDDEN_CODE = '••••••';

/** Makes the text of a message out of its template, its values and its code. */
@Injectable()
export class ComposeMessage {
  constructor(private readonly templates: TemplateDirectory) {}

  /** By the template as it is now; null when there is no such template. */
  async compose(row: MessageRow, code: string | null): Promise<Composed | null> {
    const template = await this.templates.resolve(row.organizationId, row.template, row.channel);
    if (template === null) return null;
    const rendered = this.render(row, template.contents, code);
    if (rendered === null) return null;
    const subject =
      row.channel === 'email' && code !== null
        ? this.render(row, template.contents, HIDDEN_CODE)?.message.subject
        : rendered.message.subject;
    return {
      ...rendered,
      facts: { templateId: template.id, templateVersion: template.version, subject: subject?.slice(0, 250) ?? null },
    };
  }

  /** As it was sent: by the version that was used then. */
  async recompose(row: MessageRow, code: string | null): Promise<RenderedMessage | null> {
    const used =
      row.templateId === null || row.templateVersion === null
        ? null
        : await this.templates.version(row.templateId, row.templateVersion);
    const contents = used ?? (await this.templates.resolve(row.organizationId, row.template, row.channel))?.contents;
    return contents === undefined ? null : (this.render(row, contents, code)?.message ?? null);
  }

  private render(row: MessageRow, contents: Readonly<Record<string, TemplateContent>>, code: string | null) {
    const locale = pickLocale(Object.keys(contents), row.locale, row.country);
    const content = locale === null ? undefined : contents[locale];
    if (locale === null || content === undefined) return null;
    const { channel, variables, webDomain, androidHash } = row;
    return { content, message: renderMessage({ channel, content, locale, variables, code, webDomain, androidHash }) };
  }
}
