import { Component, inject, input, output } from '@angular/core';
import { getApplication, updateApplication } from '@tollgate/contracts';
import type { ApplicationView } from '@tollgate/contracts';
import { Api, Permissions } from '@tollgate/console/platform';
import {
  Banner,
  ChoiceField,
  FormFrame,
  ListField,
  SettingsSection,
  Toasts,
  ToggleField,
  apiForm,
} from '@tollgate/console/ui';
import { holdsAnyRange } from './any-range';
import { ADDRESS_MODE_OPTIONS } from './words';

const modelOf = (stored: ApplicationView) => ({
  address_mode: stored.address_mode as string,
  allowed_addresses: stored.allowed_addresses,
  confirm_any_range: false,
});

/** Whom live keys answer to. */
@Component({
  selector: 'tg-network-form',
  imports: [Banner, ChoiceField, FormFrame, ListField, SettingsSection, ToggleField],
  template: `
    <tg-form [form]="form" bar="sticky">
      <tg-settings-section
        anchor="addresses"
        title="Who may call"
        text="Applies to live keys within a second; test keys answer from anywhere."
      >
        <tg-choice-field label="Addresses" [field]="form.fields.address_mode" [options]="modes" />
        @if (form.model().address_mode === 'listed') {
          <tg-list-field
            label="Allowed addresses"
            [field]="form.fields.allowed_addresses"
            [optional]="true"
            placeholder="203.0.113.7 or 2001:db8::/48"
            hint="IPv4 and IPv6 addresses and ranges, one at a time or pasted as a list"
          />
          @if (form.model().allowed_addresses.length === 0) {
            <tg-banner tone="warning" icon="warning">With an empty list live keys answer to nobody.</tg-banner>
          }
          @if (anyRange(form.model().allowed_addresses)) {
            <tg-toggle-field
              label="I mean every address"
              [field]="form.fields.confirm_any_range"
              hint="A range that ends in /0 opens the list to the whole internet"
            />
          }
        } @else {
          <tg-banner tone="warning" icon="public">
            Whoever holds a live key can use it from anywhere. Listed addresses are kept for when you switch back.
          </tg-banner>
        }
      </tg-settings-section>
    </tg-form>
  `,
})
export class NetworkForm {
  readonly application = input.required<ApplicationView>();
  readonly saved = output<ApplicationView>();
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  protected readonly modes = ADDRESS_MODE_OPTIONS;
  protected readonly anyRange = holdsAnyRange;
  private version = 0;

  protected readonly form = apiForm({
    schema: updateApplication.body
      .pick({ address_mode: true, allowed_addresses: true, confirm_any_range: true })
      .required(),
    model: { address_mode: 'listed', allowed_addresses: [] as string[], confirm_any_range: false },
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
      this.toasts.done('Addresses saved');
      // The server answers with normalized ranges.
      this.form.reset(modelOf(changed));
      this.saved.emit(changed);
    },
    reload: async () => {
      const stored = await this.api.call(getApplication, { params: { id: this.application().id } });
      this.version = stored.version;
      return modelOf(stored);
    },
  });
}
