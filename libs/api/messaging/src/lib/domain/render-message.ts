import type { Channel } from '../message-queue';
import type { TemplateContent } from './built-in-templates';
import type { RenderedMessage } from './delivery-provider';
import { withMachineLines } from './origin-bound';
import { countSegments } from './segments';
import { escapeHtml, inert, isolated, renderText, withoutLinks } from './template-text';

export interface RenderInput {
  readonly channel: Channel;
  readonly content: TemplateContent;
  readonly locale: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly code: string | null;
  readonly webDomain: string | null;
  readonly androidHash: string | null;
}

/** Names that staff chose, or links that the product made: these keep their dots. */
const TRUSTED = new Set(['application', 'organization', 'url', 'provider', 'inviter']);

/**
 * A message as it goes out. Pure: the same input gives the same text, so that a preview shows what was sent, but for the
 * code. The code goes in after every value has been made harmless, and its machine-readable lines are added last.
 */
export function renderMessage(input: RenderInput): RenderedMessage {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(input.variables)) {
    values[name] = TRUSTED.has(name) ? inert(value) : withoutLinks(inert(value));
  }
  const code = input.code ?? '';
  values['code'] = /^https?:/.test(code) ? code : isolated(code, input.locale);
  if (input.channel === 'sms') {
    const text = withMachineLines(renderText(input.content.text, values, 'sms'), input);
    return { text, subject: null, html: null, segments: countSegments(text).segments };
  }
  const text = renderText(input.content.text, values, 'mail_text');
  const subject = inert(renderText(input.content.subject ?? '', values, 'mail_subject'));
  const html = input.content.html
    ? renderText(input.content.html, values, 'mail_html')
    : htmlOf(text, input.locale, code);
  return { text, subject, html, segments: 1 };
}

/** Plain HTML from the text: paragraphs, the code large, no image, no tracking, no style sheet from elsewhere. */
function htmlOf(text: string, locale: string, code: string): string {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => {
    const lines = escapeHtml(paragraph).replace(/\n/g, '<br>');
    return `<p>${markCode(lines, code)}</p>`;
  });
  const direction = /^(ar|he|fa|ur)\b/i.test(locale) ? ' dir="rtl"' : '';
  return `<!doctype html><html lang="${escapeHtml(locale)}"${direction}><body style="font:16px/1.5 sans-serif;max-width:36em">${paragraphs.join('')}</body></html>`;
}

function markCode(html: string, code: string): string {
  if (code === '') return html;
  const escaped = escapeHtml(code);
  if (/^https?:/.test(code)) return html.replace(escaped, () => `<a href="${escaped}">${escaped}</a>`);
  return html.replace(escaped, () => `<strong style="font-size:1.6em;letter-spacing:.1em">${escaped}</strong>`);
}
