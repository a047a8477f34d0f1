import type { Channel } from '../message-queue';
import type { TemplateContent } from './built-in-templates';
import { parseOriginBound, RETRIEVER_MAX_BYTES } from './origin-bound';
import { renderMessage } from './render-message';
import { countSegments } from './segments';
import { holesOf, strayBraces } from './template-text';

export interface Lint {
  /** An error refuses the text; a warning is shown. */
  readonly severity: 'error' | 'warning';
  readonly rule:
    | 'braces'
    | 'code_missing'
    | 'code_repeated'
    | 'subject_missing'
    | 'subject_line_end'
    | 'subject_code'
    | 'link'
    | 'control_character'
    | 'code_position'
    | 'origin_bound'
    | 'segments'
    | 'retriever_length'
    | 'brand_missing'
    | 'html_active';
  /** Which member of the content: `text`, `subject`, `html`. */
  readonly field: 'text' | 'subject' | 'html';
  readonly message: string;
}

const LINK =
  /(?:https?:\/\/|www\.)\S|(?<=^|[\s(])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:com|net|org|io|co|app|dev|me|ly|in|za|uk|de|fr|es|eu|example)(?=[/\s).,!?]|$)/iu;
const ACTIVE_HTML =
  /<\s*(script|iframe|object|embed|form|link|meta|base|svg|img|video|audio|input|button)\b|\son[a-z]+\s*=|javascript:/i;
/** The longest values that are likely: ten digits, three digits of minutes, a brand of 20. */
const WORST = { application: 'Application name 20c', minutes: '120' } as const;
const WORST_CODE = '0123456789';

/** Everything wrong with the text of one locale. `secret`: whether the template carries a one-time code. */
export function lintTemplate(channel: Channel, locale: string, content: TemplateContent, secret: boolean): Lint[] {
  const found: Lint[] = [];
  const add = (severity: Lint['severity'], rule: Lint['rule'], field: Lint['field'], message: string) =>
    found.push({ severity, rule, field, message });
  for (const field of ['text', 'subject', 'html'] as const) {
    const value = content[field];
    if (value === undefined || value === null) continue;
    const stray = strayBraces(value);
    if (stray !== null) add('error', 'braces', field, `Only {{name}} in small letters is a variable; found ${stray}`);
    if (/[^\P{Cc}\n\t]/u.test(value))
      add('error', 'control_character', field, 'Control characters are not allowed; line ends are \\n');
  }
  if (secret) lintCode(content, add);
  if (channel === 'email') lintMail(content, secret, add);
  if (found.some((lint) => lint.severity === 'error')) return found;
  if (channel === 'sms') lintSms(locale, content, secret, add);
  return found;
}

type Add = (severity: Lint['severity'], rule: Lint['rule'], field: Lint['field'], message: string) => void;

function lintCode(content: TemplateContent, add: Add): void {
  const times = [...content.text.matchAll(/\{\{\s*code\s*\}\}/g)].length;
  if (times === 0) add('error', 'code_missing', 'text', 'The text must hold {{code}}');
  if (times > 1) add('error', 'code_repeated', 'text', 'Hold {{code}} once: phones read the first number they find');
  if (LINK.test(content.text)) add('error', 'link', 'text', 'A message with a code must not hold a link');
  if (!holesOf(content.text).includes('application'))
    add('warning', 'brand_missing', 'text', 'Say whose code it is with {{application}}');
}

function lintMail(content: TemplateContent, secret: boolean, add: Add): void {
  const subject = content.subject ?? '';
  if (subject.trim() === '') add('error', 'subject_missing', 'subject', 'A mail needs a subject');
  if (/[\r\n]/.test(subject)) add('error', 'subject_line_end', 'subject', 'A subject is one line');
  if (content.html && ACTIVE_HTML.test(content.html)) {
    add('error', 'html_active', 'html', 'Scripts, forms, frames, images and event handlers are not allowed');
  }
  if (!secret) return;
  if (holesOf(subject).includes('code'))
    add('warning', 'subject_code', 'subject', 'Subjects are shown on locked screens; leave the code out');
  if (content.html && LINK.test(content.html.replace(/<!doctype[^>]*>/i, '')))
    add('error', 'link', 'html', 'A mail with a code must not hold a link');
  const sample = renderMessage({
    channel: 'email',
    content,
    locale: 'en',
    variables: WORST,
    code: WORST_CODE,
    webDomain: null,
    androidHash: null,
  });
  const end = sample.text.indexOf(WORST_CODE) + WORST_CODE.length;
  if (end >= WORST_CODE.length && end > 60) {
    add('error', 'code_position', 'text', 'Put the code into the first 60 characters: previews show no more');
  }
}

function lintSms(locale: string, content: TemplateContent, secret: boolean, add: Add): void {
  const base = { channel: 'sms', content, locale, variables: WORST, code: secret ? WORST_CODE : null } as const;
  const plain = renderMessage({ ...base, webDomain: null, androidHash: null });
  const count = countSegments(plain.text);
  if (count.segments > 1) {
    const why = count.encoding === 'ucs2' ? `; ${count.beyondGsm7.join(' ')} make it UCS-2, 70 a segment` : '';
    add('warning', 'segments', 'text', `Takes ${String(count.segments)} segments with the longest values${why}`);
  }
  if (!secret) return;
  const bound = renderMessage({ ...base, webDomain: 'login.example.com', androidHash: null });
  const parsed = parseOriginBound(bound.text);
  if (parsed?.code !== WORST_CODE || parsed.host !== 'login.example.com') {
    add('error', 'origin_bound', 'text', 'Browsers would not find the code in the last line');
  }
  const retrieved = renderMessage({ ...base, code: '123456', webDomain: null, androidHash: 'AAAAAAAAAAA' });
  if (Buffer.byteLength(retrieved.text) > RETRIEVER_MAX_BYTES) {
    add(
      'warning',
      'retriever_length',
      'text',
      `With the hash of SMS Retriever it is longer than ${String(RETRIEVER_MAX_BYTES)} bytes`,
    );
  }
}
