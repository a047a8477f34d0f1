import { Injectable } from '@nestjs/common';
import { ProviderSetup, type FirstMessage } from '@tollgate/api/messaging';
import { DomainError } from '@tollgate/api/kernel';
import { field, notice } from '../pages/form-parts';
import { attribute, markup, type Markup } from '../pages/markup';
import { PROVIDER_FORMS, type ProviderForm } from './provider-forms';
import {
  stepError,
  type SetupStep,
  type StepContext,
  type StepFault,
  type StepFields,
  type StepOutcome,
  type StepView,
} from './setup-step';

/** By error class; see the messaging slice. */
const REASONS: Readonly<Record<string, string>> = {
  permanent_config: 'The provider did not take the credentials or the settings.',
  permanent_destination: 'The provider does not deliver to that address.',
  content: 'The provider did not take the sender or the text.',
  retry_same: 'The provider is busy; try again in a minute.',
  failover: 'The provider could not be reached, or could not answer.',
  unknown: 'The provider did not answer in time. Look whether the test arrived before you try again.',
};
const REFUSED_ADDRESS =
  'Calls to private addresses are refused. If the server is one of yours, name it in TOLLGATE_OUTBOUND_ALLOW.';

/** Delivery: a first provider, tried before it serves; or the embedded outbox, which needs none. */
@Injectable()
export class DeliveryStep implements SetupStep {
  readonly key = 'delivery';
  readonly title = 'Delivery';

  constructor(private readonly providers: ProviderSetup) {}

  view(context: StepContext, fields: StepFields, fault: StepFault | null): Promise<StepView> {
    const kind = fields['kind'] ?? '';
    const chosen = formOf(kind);
    return Promise.resolve({
      heading: 'How are messages delivered?',
      lead: 'With a provider, or for now with the embedded outbox: a page of the console that shows what would have been sent.',
      body: [choices(kind), chosen === null ? outbox() : providerFields(kind, chosen, context, fields, fault)],
      submit: chosen === null ? 'Begin with the outbox' : 'Set up and send the test',
      ...(chosen === null ? {} : { skip: 'Do this later' }),
    });
  }

  async submit(_context: StepContext, fields: StepFields): Promise<StepOutcome> {
    const chosen = formOf(fields['kind'] ?? '');
    if (chosen === null) return { kind: 'next' };
    try {
      const first = await this.providers.establish(chosen.build(fields), (fields['to'] ?? '').trim());
      return first.accepted ? established(chosen) : again(null, reasonOf(first));
    } catch (error) {
      return refused(error, chosen);
    }
  }
}

const formOf = (kind: string): ProviderForm | null =>
  Object.hasOwn(PROVIDER_FORMS, kind) ? (PROVIDER_FORMS[kind] ?? null) : null;

function choices(kind: string): Markup {
  const choice = (value: string, title: string, text: string) =>
    markup`<a class="choice" href="/setup/delivery${value === '' ? '' : `?kind=${value}`}"${
      value === kind && attribute('aria-current', 'true')
    }><span>${title}<small>${text}</small></span></a>`;
  return markup`<nav class="choices" aria-label="Providers">
${choice('', 'Embedded outbox', 'Nothing leaves this machine; good to try things out')}
${Object.entries(PROVIDER_FORMS).map(([value, { title, text }]) => choice(value, title, text))}
</nav>`;
}

function outbox(): Markup {
  return notice(
    'info',
    markup`<p>Fast2SMS, any HTTP gateway and further accounts are added in the console under System, Delivery providers.</p>`,
  );
}

function providerFields(
  kind: string,
  chosen: ProviderForm,
  context: StepContext,
  fields: StepFields,
  fault: StepFault | null,
): Markup {
  const own = chosen.fields.map((spec) =>
    field({
      ...spec,
      // What was secret is typed again.
      ...(spec.type === 'password' ? {} : { value: fields[spec.name] }),
      ...stepError(fault, spec.name),
    }),
  );
  const mail = chosen.test.type === 'email';
  const to = fields['to'] ?? (mail ? context.caller.label : undefined);
  return markup`<input type="hidden" name="kind" value="${kind}">${own}
${field({ ...chosen.test, name: 'to', value: to, ...stepError(fault, 'to') })}`;
}

function established(chosen: ProviderForm): StepOutcome {
  return {
    kind: 'show',
    heading: `${chosen.title} delivers`,
    body: notice('success', markup`<p>The test message was accepted, and the provider serves from now on.</p>`),
  };
}

function again(name: string | null, message: string): StepOutcome {
  return { kind: 'again', status: 422, field: name, message };
}

function reasonOf(first: Extract<FirstMessage, { accepted: false }>): string {
  if (first.errorCode === 'address_refused') return REFUSED_ADDRESS;
  const reason = REASONS[first.errorClass] ?? 'The test message was not accepted.';
  return first.errorCode === null ? reason : `${reason} It said: ${first.errorCode}.`;
}

/** The field that a refusal is about, by the last part of its path: `settings.from_email`. */
function refused(error: unknown, chosen: ProviderForm): StepOutcome {
  if (!(error instanceof DomainError) || error.kind === 'bug' || error.kind === 'unavailable') throw error;
  const [issue] = error.details.issues ?? [];
  const path = issue?.path ?? error.details.param ?? '';
  const name = path.split('.').at(-1) ?? '';
  const known = name === 'to' || chosen.fields.some((one) => one.name === name);
  return again(known ? name : null, issue === undefined ? error.message : `${issue.message}.`);
}
