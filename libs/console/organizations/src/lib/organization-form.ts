import { Component, computed, inject, input, output } from '@angular/core';
import { disabled } from '@angular/forms/signals';
import { getOrganization, organizationSettings, updateOrganization } from '@tollgate/contracts';
import type { OrganizationView } from '@tollgate/contracts';
import { Api, Permissions, Session } from '@tollgate/console/platform';
import {
  CreditsField,
  FormFrame,
  LookupField,
  NumberField,
  SettingsSection,
  TextField,
  Toasts,
  ToggleField,
  apiForm,
  searchTimeZones,
} from '@tollgate/console/ui';

const modelOf = ({ name, slug, country, settings }: OrganizationView) => ({
  name,
  slug,
  country: country ?? '',
  settings: {
    ...settings,
    low_balance_threshold: settings.low_balance_threshold as number | null,
    daily_spend_cap: settings.daily_spend_cap as number | null,
    destination_retention_days: settings.destination_retention_days as number | null,
    message_retention_days: settings.message_retention_days as number | null,
    request_log_retention_days: settings.request_log_retention_days as number | null,
  },
});
const BLANK: ReturnType<typeof modelOf> = {
  name: '',
  slug: '',
  country: '',
  settings: {
    time_zone: '',
    locale: '',
    low_balance_threshold: null,
    daily_spend_cap: null,
    refund_undelivered: false,
    destination_retention_days: null,
    message_retention_days: null,
    request_log_retention_days: null,
  },
};

/** What can be changed of an organization: by its owners on their settings page, by staff in its detail. */
@Component({
  selector: 'tg-organization-form',
  imports: [CreditsField, FormFrame, LookupField, NumberField, SettingsSection, TextField, ToggleField],
  template: `
    <tg-form [form]="form" bar="sticky">
      <tg-settings-section anchor="general" title="General" text="What people see, and where its pages are.">
        <tg-text-field label="Name" [field]="form.fields.name" autocomplete="organization" />
        <tg-text-field
          label="Slug"
          prefix="/o/"
          [mono]="true"
          [field]="form.fields.slug"
          hint="Stands in the console’s addresses; links with the old one no longer lead here"
        />
        <tg-text-field label="Country" [field]="form.fields.country" [optional]="true" hint="Two letters such as ZA" />
      </tg-settings-section>
      <tg-settings-section anchor="time" title="Time and language" text="How reports are cut and messages are worded.">
        <tg-lookup-field
          label="Time zone"
          [field]="form.fields.settings.time_zone"
          [search]="zones"
          hint="Days and months of reports are cut in it"
        />
        <tg-text-field
          label="Locale"
          [field]="form.fields.settings.locale"
          hint="A language tag such as en or pt-BR: the wording of messages unless a request names another"
        />
      </tg-settings-section>
      <tg-settings-section anchor="credits" title="Credits" text="When to warn, and where to stop.">
        <tg-credits-field
          label="Low-balance threshold"
          [field]="form.fields.settings.low_balance_threshold"
          [optional]="true"
          placeholder="Never"
          hint="Staff are told when the balance falls below. Empty = never"
        />
        <tg-credits-field
          label="Daily spend cap"
          [field]="form.fields.settings.daily_spend_cap"
          [optional]="true"
          placeholder="No cap"
          hint="What live keys may spend in a UTC day; further starts are refused until midnight. Empty = no cap"
        />
        <tg-toggle-field
          label="Refund undelivered sends"
          [field]="form.fields.settings.refund_undelivered"
          [hint]="
            staff()
              ? 'A send that was accepted and then not delivered gives its credits back'
              : 'A send that was accepted and then not delivered gives its credits back. Only staff of the platform change it'
          "
        />
      </tg-settings-section>
      <tg-settings-section anchor="retention" title="Retention" text="How long data about people is kept.">
        <tg-number-field
          label="Phone numbers and mailboxes"
          unit="days"
          [field]="form.fields.settings.destination_retention_days"
          hint="Then they are removed from verifications; the rows stay for the numbers"
        />
        <tg-number-field label="Messages" unit="days" [field]="form.fields.settings.message_retention_days" />
        <tg-number-field label="Request log" unit="days" [field]="form.fields.settings.request_log_retention_days" />
      </tg-settings-section>
    </tg-form>
  `,
})
export class OrganizationForm {
  readonly organization = input.required<OrganizationView>();
  readonly saved = output<OrganizationView>();
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  protected readonly zones = searchTimeZones;
  protected readonly staff = computed(() => this.session.view()?.platform_staff ?? false);
  private version = 0;

  protected readonly form = apiForm({
    schema: updateOrganization.body.omit({ version: true }).extend({ settings: organizationSettings }),
    model: BLANK,
    source: () => {
      this.version = this.organization().version;
      return modelOf(this.organization());
    },
    readOnly: () => this.permissions.refusal('organizations:update'),
    rules: (path) => disabled(path.settings.refund_undelivered, { when: () => !this.staff() }),
    submit: ({ settings, ...rest }) => {
      // Nobody but staff may even name the rule of refunds.
      const { refund_undelivered, ...own } = settings;
      return this.api.call(updateOrganization, {
        params: { id: this.organization().id },
        body: { ...rest, settings: this.staff() ? { ...own, refund_undelivered } : own, version: this.version },
      });
    },
    done: (changed) => {
      this.version = changed.version;
      this.toasts.done('Settings saved');
      this.saved.emit(changed);
    },
    reload: async () => {
      const stored = await this.api.call(getOrganization, { params: { id: this.organization().id } });
      this.version = stored.version;
      return modelOf(stored);
    },
  });
}
