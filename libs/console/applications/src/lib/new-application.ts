import { Component, inject } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';
import { createApplication, listOrganizations } from '@tollgate/contracts';
import { ActiveScope, Api, Permissions } from '@tollgate/console/platform';
import {
  Banner,
  ChoiceField,
  FormFrame,
  ListField,
  LookupField,
  SettingsPage,
  SettingsSection,
  TextField,
  Toasts,
  ToggleField,
  apiForm,
} from '@tollgate/console/ui';
import type { Option } from '@tollgate/console/ui';
import * as z from 'zod';
import { holdsAnyRange } from './any-range';
import { ADDRESS_MODE_OPTIONS } from './words';

const { name, base_url, address_mode, allowed_addresses } = createApplication.body.shape;

/** A new application. Who may call with its live keys is asked, never guessed. */
@Component({
  selector: 'tg-new-application-page',
  imports: [
    Banner,
    ChoiceField,
    FormFrame,
    ListField,
    LookupField,
    SettingsPage,
    SettingsSection,
    TextField,
    ToggleField,
  ],
  template: `
    <tg-settings-page
      title="Register application"
      subtitle="Then create its first key: a test key costs nothing and sends nothing"
      [crumbs]="[{ label: 'Applications', link: '..' }]"
    >
      <tg-form [form]="form" submitLabel="Register application" cancelLabel="Cancel" (cancelled)="leave()">
        <tg-settings-section anchor="general" title="General">
          @if (spansAll) {
            <tg-lookup-field label="Organization" [field]="form.fields.organization" [search]="organizations" />
          }
          <tg-text-field label="Name" [field]="form.fields.name" hint="What your team calls it: Web shop, Mobile app" />
          <tg-text-field
            label="Base URL"
            type="url"
            [field]="form.fields.base_url"
            [optional]="true"
            placeholder="https://shop.example"
          />
        </tg-settings-section>
        <tg-settings-section
          anchor="network"
          title="Who may call"
          text="Applies to live keys; test keys answer from anywhere. You can change it later."
        >
          <tg-choice-field label="Addresses" [field]="$any(form.fields.address_mode)" [options]="modes" />
          @if (form.model().address_mode === 'listed') {
            <tg-list-field
              label="Allowed addresses"
              [field]="form.fields.allowed_addresses"
              [optional]="true"
              placeholder="203.0.113.7 or 203.0.113.0/24"
              hint="IPv4 and IPv6 addresses and ranges, one at a time or pasted as a list"
            />
            @if (form.model().allowed_addresses.length === 0) {
              <tg-banner tone="warning" icon="warning">
                With an empty list live keys answer to nobody until you add an address.
              </tg-banner>
            }
            @if (anyRange(form.model().allowed_addresses)) {
              <tg-toggle-field
                label="I mean every address"
                [field]="form.fields.confirm_any_range"
                hint="A range that ends in /0 opens the list to the whole internet"
              />
            }
          }
        </tg-settings-section>
      </tg-form>
    </tg-settings-page>
  `,
})
export class NewApplicationPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  protected readonly spansAll = inject(ActiveScope).organizationId() === null;
  protected readonly modes = ADDRESS_MODE_OPTIONS;
  protected readonly anyRange = holdsAnyRange;

  protected readonly form = apiForm({
    schema: z.strictObject({
      organization: this.spansAll ? z.string().min(1) : z.string(),
      name,
      base_url,
      address_mode: address_mode.unwrap(),
      allowed_addresses: allowed_addresses.unwrap(),
      confirm_any_range: z.boolean(),
    }),
    model: {
      organization: '',
      name: '',
      base_url: '',
      address_mode: '',
      allowed_addresses: [] as string[],
      confirm_any_range: false,
    },
    readOnly: () => this.permissions.refusal('applications:write'),
    submit: ({ organization, allowed_addresses, confirm_any_range, ...body }) =>
      this.api.call(createApplication, {
        body: body.address_mode === 'any' ? body : { ...body, allowed_addresses, confirm_any_range },
        organization: organization || undefined,
      }),
    done: (created) => {
      this.toasts.done(`${created.name} is registered. Create its first key`);
      void this.router.navigate(['..', created.id, 'keys'], { relativeTo: this.route });
    },
  });

  protected readonly organizations = async (text: string): Promise<readonly Option[]> => {
    const { data } = await this.api.call(listOrganizations, {
      query: { limit: 20, sort: 'name', built_in: 'false', q: text || undefined },
    });
    return data.map((one) => ({ value: one.id, label: one.name, hint: one.slug }));
  };

  protected leave(): void {
    this.form.reset();
    void this.router.navigate(['..'], { relativeTo: this.route });
  }
}
