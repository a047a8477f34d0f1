import { DomainError } from '@tollgate/api/kernel';
import type { TemplateView } from '@tollgate/contracts';
import type { Contents } from '../domain/built-in-templates';
import { lintTemplate } from '../domain/template-lint';
import type { Channel } from '../message-queue';

/** Built-in keys whose texts carry a one-time code; those with a secret link are not for organizations to write. */
const CODE_KEYS: ReadonlySet<string> = new Set(['verification']);
const LINK_KEYS: ReadonlySet<string> = new Set(['invitation', 'password_reset']);

/** Whether the template carries something that must reach one person only. Own keys are for codes too. */
export function carriesSecret(key: string, builtIn: boolean): boolean {
  return CODE_KEYS.has(key) || LINK_KEYS.has(key) || !builtIn;
}

export function lintsOf(channel: Channel, key: string, contents: Contents, builtIn: boolean): TemplateView['lints'] {
  const code = CODE_KEYS.has(key) || !builtIn;
  return Object.entries(contents).flatMap(([locale, content]) =>
    lintTemplate(channel, locale, content, code).map((lint) => ({ locale, ...lint })),
  );
}

/** @throws DomainError template_invalid, with every error of every locale. */
export function assertSound(channel: Channel, key: string, contents: Contents): void {
  const errors = lintsOf(channel, key, contents, false).filter(({ severity }) => severity === 'error');
  const wrongFields = Object.entries(contents).flatMap(([locale, content]) =>
    channel === 'sms' && ((content.subject ?? null) !== null || (content.html ?? null) !== null)
      ? [{ path: `contents.${locale}`, message: 'An SMS has neither a subject nor HTML' }]
      : [],
  );
  const issues = [
    ...errors.map(({ locale, field, message }) => ({ path: `contents.${locale}.${field}`, message })),
    ...wrongFields,
  ];
  if (issues.length > 0) throw new DomainError('template_invalid', { issues });
}
