import { Component, inject, input, output } from '@angular/core';
import { getApplication, updateApplication } from '@tollgate/contracts';
import type { ApplicationView } from '@tollgate/contracts';
import { Api, Permissions } from '@tollgate/console/platform';
import { FormFrame, ListField, SettingsSection, TextField, Toasts, apiForm } from '@tollgate/console/ui';

const modelOf = (stored: ApplicationView) => ({
  name: stored.name,
  base_url: stored.base_url ?? '',
  site_key: stored.site_key,
  allowed_origins: stored.allowed_origins,
});

/** Name, place and origins of an application. */
@Component({
  selector: 'tg-general-form',
  imports: [FormFrame, ListField, SettingsSection, TextField],
  template: `
    <tg-form [form]="form" bar="sticky">
      <tg-settings-section anchor="general" title="General" text="What your team and its logs call it.">
        <tg-text-field label="Name" [field]="form.fields.name" />
        <tg-text-field
          label="Base URL"
          type="url"
          [field]="form.fields.base_url"
          [optional]="true"
          placeholder="https://shop.example"
        />
        <tg-text-field
          label="Site key"
          [mono]="true"
          [field]="form.fields.site_key"
          hint="Names the application in addresses and in older clients. Unique in the installation"
        />
        <tg-list-field
          label="Allowed origins"
          [field]="form.fields.allowed_origins"
          [optional]="true"
          placeholder="https://shop.example"
          hint="Pages that may show the widget: https, or http://localhost while developing"
        />
      </tg-settings-section>
    </tg-form>
  `,
})
export class GeneralForm {
  readonly application = input.required<ApplicationView>();
  readonly saved = output<ApplicationView>();
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  private version = 0;

  protected readonly form = apiForm({
    schema: updateApplication.body.pick({ name: true, base_url: true, site_key: true, allowed_origins: true }),
    model: { name: '', base_url: '', site_key: '', allowed_origins: [] as string[] },
    source: () => {
      this.version = this.application().version;
      return modelOf(this.application());
    },
    readOnly: () => this.permissions.refusal('applications:write'),
    submit: (body) =>
      this.api.call(updateApplication, {
        params: { id: this.application().id },
        body: { ...body, version: this.version },
      }),
    done: (changed) => {
      this.toasts.done('Application saved');
      this.saved.emit(changed);
    },
    reload: async () => {
      const stored = await this.api.call(getApplication, { params: { id: this.application().id } });
      this.version = stored.version;
      return modelOf(stored);
    },
  });
}
