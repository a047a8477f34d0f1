import { attribute, markup, Markup, type Value } from './markup';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password' | 'url';
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** A token of the HTML standard, so that password managers and phones help. */
  readonly autocomplete: string;
  readonly inputmode?: 'numeric' | 'text' | 'email';
  readonly optional?: boolean;
  /** `code` draws it large and spaced; `new-password` counts its length. */
  readonly look?: 'code' | 'new-password' | 'mono';
  readonly pattern?: string;
}

const BLOCK = { code: ' input-code', 'new-password': '', mono: ' input-mono' } as const;

/** A label, an input, and what belongs to them, tied together for assistive technology. */
export function field(spec: Field): Markup {
  const { name, hint, error, look } = spec;
  const described = [hint === undefined ? null : `${name}-hint`, error === undefined ? null : `${name}-error`]
    .filter((id) => id !== null)
    .join(' ');
  const spellcheck = spec.type === 'text' || spec.type === undefined ? null : 'false';
  return markup`<div class="field${error === undefined ? '' : ' field-wrong'}"${attribute('data-look', look)}>
<label for="${name}">${spec.label}${spec.optional === true && markup` <span class="optional">(optional)</span>`}</label>
<div class="control"><input class="input${look === undefined ? '' : BLOCK[look]}" id="${name}" name="${name}" type="${
    spec.type ?? 'text'
  }" autocomplete="${spec.autocomplete}"${attribute('value', spec.value)}${attribute('inputmode', spec.inputmode)}${attribute(
    'pattern',
    spec.pattern,
  )}${attribute('spellcheck', spellcheck)}${attribute(
    'aria-describedby',
    described === '' ? null : described,
  )}${error !== undefined && new Markup(' aria-invalid="true"')} autocapitalize="none"${
    spec.optional !== true && new Markup(' required')
  }></div>
${hint !== undefined && markup`<p class="hint" id="${name}-hint">${hint}</p>`}
${error !== undefined && markup`<p class="error" id="${name}-error" role="alert">${error}</p>`}
</div>`;
}

export interface Form {
  readonly action: string;
  /** See FormTokens. */
  readonly token: string;
  readonly submit: string;
  /** Shown in the button while the answer is awaited. */
  readonly busy?: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly body: Value;
  readonly quiet?: boolean;
}

export function form(spec: Form): Markup {
  const hidden = Object.entries({ form_token: spec.token, ...spec.hidden });
  return markup`<form class="form" method="post" action="${spec.action}" novalidate>
${hidden.map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`)}
${spec.body}
<button class="button${spec.quiet === true ? ' button-quiet' : ''}" type="submit"${attribute(
    'data-busy',
    spec.busy,
  )}><span>${spec.submit}</span></button>
</form>`;
}

/** What went wrong, announced at once; or what went well. */
export function notice(tone: 'danger' | 'info' | 'success' | 'warning', text: Value): Markup {
  const role = tone === 'danger' ? 'alert' : 'status';
  return markup`<div class="notice notice-${tone}" role="${role}"${
    tone === 'danger' && new Markup(' tabindex="-1"')
  }>${ICONS[tone]}<div>${text}</div></div>`;
}

const icon = (path: string): Markup =>
  new Markup(
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  );

const ICONS = {
  danger: icon('M12 8v5M12 16.5v.01M12 3.5a8.500 8.500 0 1 0 0 17a8.500 8.500 0 0 0 0-17z'),
  warning: icon('M12 9.500v4M12 17v.01M12 4 2.800 20h18.400z'),
  info: icon('M12 11v5.500M12 7.500v.01M12 3.500a8.500 8.500 0 1 0 0 17a8.500 8.500 0 0 0 0-17z'),
  success: icon('m8 12.500 2.800 2.800L16.500 9.500M12 3.500a8.500 8.500 0 1 0 0 17a8.500 8.500 0 0 0 0-17z'),
} as const;

export const CHECK = icon('m5 12.500 4.500 4.500L19 7.500');
