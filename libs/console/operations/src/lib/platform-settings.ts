import { Component, computed, inject } from '@angular/core';
import { getPlatformSettings, updatePlatformSettings } from '@tollgate/contracts';
import type { PlatformSettings } from '@tollgate/contracts';
import { Api, Permissions, apiResource } from '@tollgate/console/platform';
import {
  FormFrame,
  Loaded,
  NumberField,
  Region,
  SettingsPage,
  SettingsSection,
  TextareaField,
  Toasts,
  apiForm,
} from '@tollgate/console/ui';

const modelOf = (stored: PlatformSettings) => ({
  announcement: stored.announcement ?? '',
  message_retention_days: stored.message_retention_days as number | null,
  request_log_retention_days: stored.request_log_retention_days as number | null,
  usage_retention_days: stored.usage_retention_days as number | null,
});

/** What staff change while the installation runs; everything else is an environment variable of the server. */
@Component({
  selector: 'tg-platform-settings-page',
  imports: [FormFrame, Loaded, NumberField, Region, SettingsPage, SettingsSection, TextareaField],
  template: `
    <tg-settings-page
      title="Platform settings"
      subtitle="For the whole installation. Addresses, secrets and engines are set on the server"
    >
      <tg-region what="the settings">
        <ng-template [tgLoaded]="settings">
          <tg-form [form]="form" bar="sticky">
            <div class="tg-stack">
              <tg-settings-section anchor="general" title="General" text="What everybody who is signed in is told.">
                <tg-textarea-field
                  label="Announcement"
                  [field]="form.fields.announcement"
                  [optional]="true"
                  hint="A banner in every console; empty = none"
                />
              </tg-settings-section>
              <tg-settings-section
                anchor="retention"
                title="Retention"
                text="A job removes what is older, every night. Phone numbers and mailboxes have a setting of each organization."
              >
                <tg-number-field label="Messages" unit="days" [field]="form.fields.message_retention_days" />
                <tg-number-field label="Request log" unit="days" [field]="form.fields.request_log_retention_days" />
                <tg-number-field
                  label="Usage log"
                  unit="days"
                  [field]="form.fields.usage_retention_days"
                  hint="Rollups and metrics stay"
                />
              </tg-settings-section>
            </div>
          </tg-form>
        </ng-template>
      </tg-region>
    </tg-settings-page>
  `,
})
export class PlatformSettingsPage {
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  protected readonly settings = apiResource(getPlatformSettings);

  protected readonly form = apiForm({
    schema: updatePlatformSettings.body.omit({ version: true }),
    model: modelOf({
      announcement: null,
      message_retention_days: 90,
      request_log_retention_days: 30,
      usage_retention_days: 400,
      version: 0,
    }),
    source: () => this.stored(),
    readOnly: () => this.permissions.refusal('settings:write'),
    submit: (body) =>
      this.api.call(updatePlatformSettings, { body: { version: this.settings.value()?.version ?? 0, ...body } }),
    done: (saved) => {
      this.settings.set(saved);
      this.toasts.done('Saved');
    },
    reload: async () => {
      const now = await this.api.call(getPlatformSettings);
      this.settings.set(now);
      return modelOf(now);
    },
  });
  private readonly stored = computed(() => {
    const found = this.settings.value();
    return found && modelOf(found);
  });
}
