import { Component, inject } from '@angular/core';
import { readMe, updateMe } from '@tollgate/contracts';
import type { MeView } from '@tollgate/contracts';
import { Api, Session, apiResource } from '@tollgate/console/platform';
import {
  FormFrame,
  Id,
  Loaded,
  LookupField,
  Region,
  SettingsPage,
  SettingsSection,
  TextField,
  Time,
  Toasts,
  apiForm,
  searchTimeZones,
} from '@tollgate/console/ui';

const modelOf = (me: MeView) => ({
  name: me.name,
  first_name: me.first_name ?? '',
  last_name: me.last_name ?? '',
  locale: me.locale ?? '',
  time_zone: me.time_zone ?? '',
});

/** What others see of oneself. */
@Component({
  selector: 'tg-profile-page',
  imports: [FormFrame, Id, Loaded, LookupField, Region, SettingsPage, SettingsSection, TextField, Time],
  template: `
    <tg-settings-page title="Profile" subtitle="How you appear to others, here and in the audit log">
      <tg-region what="your profile" [lines]="8">
        <ng-template [tgLoaded]="me" let-shown>
          <div class="tg-stack">
            <tg-form [form]="form" bar="sticky">
              <tg-settings-section anchor="name" title="Name">
                <tg-text-field label="Shown name" [field]="form.fields.name" autocomplete="name" />
                <tg-text-field
                  label="First name"
                  [field]="form.fields.first_name"
                  [optional]="true"
                  autocomplete="given-name"
                />
                <tg-text-field
                  label="Last name"
                  [field]="form.fields.last_name"
                  [optional]="true"
                  autocomplete="family-name"
                />
              </tg-settings-section>
              <tg-settings-section anchor="region" title="Language and time" text="For mails to you.">
                <tg-text-field
                  label="Locale"
                  [field]="form.fields.locale"
                  [optional]="true"
                  autocomplete="language"
                  hint="A language tag such as en or pt-BR. Empty = the organization’s"
                />
                <tg-lookup-field
                  label="Time zone"
                  [field]="form.fields.time_zone"
                  [search]="zones"
                  [optional]="true"
                  placeholder="The organization’s"
                  hint="This browser can show another: see Preferences"
                />
              </tg-settings-section>
            </tg-form>
            <tg-settings-section class="fixed" anchor="account" title="Account">
              <dl class="tg-facts">
                <div>
                  <dt>E-mail</dt>
                  <dd>
                    {{ shown.email }}
                    <p class="tg-muted">
                      You sign in with it, so it stays. To use another, ask an owner to invite that address.
                    </p>
                  </dd>
                </div>
                <div>
                  <dt>Id</dt>
                  <dd><tg-id [value]="shown.id" /></dd>
                </div>
                <div>
                  <dt>Joined</dt>
                  <dd><tg-time [value]="shown.created_at" /></dd>
                </div>
              </dl>
            </tg-settings-section>
          </div>
        </ng-template>
      </tg-region>
    </tg-settings-page>
  `,
  styles: `
    .fixed {
      max-inline-size: 720px;
    }
  `,
})
export class ProfilePage {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  protected readonly zones = searchTimeZones;
  protected readonly me = apiResource(readMe);
  private version = 0;

  protected readonly form = apiForm({
    schema: updateMe.body.omit({ version: true }).required({ name: true }),
    model: { name: '', first_name: '', last_name: '', locale: '', time_zone: '' },
    source: () => {
      const stored = this.me.value();
      if (stored) this.version = stored.version;
      return stored && modelOf(stored);
    },
    submit: (body) => this.api.call(updateMe, { body: { ...body, version: this.version } }),
    done: (saved) => {
      this.me.set(saved);
      this.toasts.done('Profile saved');
      // The account menu shows the name.
      void this.session.load();
    },
    reload: async () => {
      const stored = await this.api.call(readMe);
      this.version = stored.version;
      return modelOf(stored);
    },
  });
}
