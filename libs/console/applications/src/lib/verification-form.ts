import { Component, computed, inject, input, output } from '@angular/core';
import {
  applicationSettings,
  getApplicationSettings,
  listTemplates,
  updateApplicationSettings,
} from '@tollgate/contracts';
import type { ApplicationSettingsView, TemplateView } from '@tollgate/contracts';
import { Api, Permissions, Session, apiResource } from '@tollgate/console/platform';
import {
  ChoiceField,
  CreditsField,
  FormFrame,
  ListField,
  NumberField,
  SelectField,
  SettingsSection,
  TextField,
  Toasts,
  apiForm,
} from '@tollgate/console/ui';
import type { Option } from '@tollgate/console/ui';
import * as z from 'zod';
import { FRAUD_GUARD_OPTIONS } from './words';

const countries = applicationSettings.shape.allowed_countries.unwrap();
const schema = applicationSettings.extend({
  templates: z.strictObject({ sms: z.string().max(64), email: z.string().max(64) }),
  // An empty list of the form is the null of the wire: every country.
  allowed_countries: z.array(countries.element).max(250),
});
const modelOf = ({ application_id: _, version: __, ...stored }: ApplicationSettingsView) => ({
  ...stored,
  code: {
    length: stored.code.length as number | null,
    ttl_s: stored.code.ttl_s as number | null,
    max_checks: stored.code.max_checks as number | null,
  },
  templates: { sms: stored.templates.sms ?? '', email: stored.templates.email ?? '' },
  allowed_countries: stored.allowed_countries ?? [],
  daily_spend_cap: stored.daily_spend_cap as number | null,
  fraud_guard: stored.fraud_guard as string,
  web_domain: stored.web_domain ?? '',
  android_hash: stored.android_hash ?? '',
});
const BLANK: ReturnType<typeof modelOf> = {
  code: { length: null, ttl_s: null, max_checks: null },
  templates: { sms: '', email: '' },
  allowed_countries: [],
  daily_spend_cap: null,
  fraud_guard: 'enforce',
  web_domain: '',
  android_hash: '',
  locale: '',
};

/** How verifications of an application go; in force for those that start afterwards. */
@Component({
  selector: 'tg-verification-form',
  imports: [ChoiceField, CreditsField, FormFrame, ListField, NumberField, SelectField, SettingsSection, TextField],
  template: `
    <tg-form [form]="form" bar="sticky">
      <tg-settings-section anchor="code" title="Codes" text="In force for verifications that start afterwards.">
        <tg-number-field label="Length" unit="digits" [field]="form.fields.code.length" hint="4 to 10; six is usual" />
        <tg-number-field label="Lifetime" unit="seconds" [field]="form.fields.code.ttl_s" hint="60 to 3600" />
        <tg-number-field
          label="Wrong codes until it fails"
          unit="codes"
          [field]="form.fields.code.max_checks"
          hint="1 to 10. Fewer make guessing harder"
        />
      </tg-settings-section>
      <tg-settings-section anchor="templates" title="Templates" text="The words of its messages.">
        <tg-select-field
          label="SMS template"
          blank="Built-in"
          [field]="form.fields.templates.sms"
          [options]="smsTemplates()"
          [optional]="true"
        />
        <tg-select-field
          label="Email template"
          blank="Built-in"
          [field]="form.fields.templates.email"
          [options]="emailTemplates()"
          [optional]="true"
        />
        <tg-text-field label="Locale" [field]="form.fields.locale" hint="A language tag such as en or pt-BR" />
      </tg-settings-section>
      <tg-settings-section anchor="safety" title="Safety" text="Where codes may go, and what they may cost.">
        <tg-list-field
          label="Allowed countries"
          [field]="form.fields.allowed_countries"
          [optional]="true"
          placeholder="ZA"
          hint="Two capital letters each. Empty = every country; naming yours is the best guard against SMS pumping"
        />
        <tg-credits-field
          label="Daily spend cap"
          [field]="form.fields.daily_spend_cap"
          [optional]="true"
          placeholder="No cap"
          hint="What its live keys may spend in a UTC day. Empty = only the organization’s cap"
        />
        <tg-choice-field label="Fraud guard" [field]="form.fields.fraud_guard" [options]="guards" />
      </tg-settings-section>
      <tg-settings-section
        anchor="autofill"
        title="Filling in by itself"
        text="Lets browsers and Android put the code into your page."
      >
        <tg-text-field
          label="Web domain"
          [field]="form.fields.web_domain"
          [optional]="true"
          placeholder="shop.example"
          hint="Host of the last line of an SMS, @shop.example #123456: browsers fill the code in only there"
        />
        <tg-text-field
          label="Android hash"
          [mono]="true"
          [field]="form.fields.android_hash"
          [optional]="true"
          hint="The 11 characters of the SMS Retriever API for your app’s signing key"
        />
      </tg-settings-section>
    </tg-form>
  `,
})
export class VerificationForm {
  readonly settings = input.required<ApplicationSettingsView>();
  readonly organization = input<string>();
  readonly saved = output<ApplicationSettingsView>();
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  protected readonly guards = FRAUD_GUARD_OPTIONS;
  private version = 0;

  private readonly templates = apiResource(listTemplates, () =>
    this.permissions.can('templates:read') && this.organization() !== undefined
      ? { query: { status: 'active' as const, limit: 200 }, organization: this.place() }
      : undefined,
  );
  // Only staff may choose an organization; everybody else is in theirs already.
  private readonly place = computed(() =>
    this.session.view()?.can_select_organization ? this.organization() : undefined,
  );
  protected readonly smsTemplates = computed(() => this.choices('sms', this.form.model().templates.sms));
  protected readonly emailTemplates = computed(() => this.choices('email', this.form.model().templates.email));

  protected readonly form = apiForm({
    schema,
    model: BLANK,
    source: () => {
      this.version = this.settings().version;
      return modelOf(this.settings());
    },
    readOnly: () => this.permissions.refusal('applications:write'),
    submit: ({ templates, allowed_countries, ...rest }) =>
      this.api.call(updateApplicationSettings, {
        params: { id: this.settings().application_id },
        body: {
          ...rest,
          templates: {
            ...(templates.sms ? { sms: templates.sms } : {}),
            ...(templates.email ? { email: templates.email } : {}),
          },
          allowed_countries: allowed_countries.length > 0 ? allowed_countries : null,
          version: this.version,
        },
      }),
    done: (changed) => {
      this.toasts.done('Settings saved: they hold for verifications that start from now on');
      this.saved.emit(changed);
    },
    reload: async () => {
      const stored = await this.api.call(getApplicationSettings, { params: { id: this.settings().application_id } });
      this.version = stored.version;
      return modelOf(stored);
    },
  });

  /** What is chosen is always among the choices, even when it may not be read or is archived. */
  private choices(channel: TemplateView['channel'], chosen: string): readonly Option[] {
    const found = (this.templates.value()?.data ?? [])
      .filter((one) => one.channel === channel && one.secret)
      .map((one) => ({ value: one.id, label: one.built_in ? `${one.name} (built-in)` : one.name }));
    return chosen === '' || found.some((one) => one.value === chosen)
      ? found
      : [...found, { value: chosen, label: chosen }];
  }
}
