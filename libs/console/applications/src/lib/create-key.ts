import { Component, computed, inject, input, output } from '@angular/core';
import { validate } from '@angular/forms/signals';
import { createKey, listApplications } from '@tollgate/contracts';
import { Api, Permissions } from '@tollgate/console/platform';
import {
  ChoiceField,
  FormFrame,
  ListField,
  LookupField,
  MultiChoiceField,
  NOW,
  SecretOnce,
  SelectField,
  TextField,
  ToggleField,
  apiForm,
} from '@tollgate/console/ui';
import type { Option } from '@tollgate/console/ui';
import * as z from 'zod';
import { holdsAnyRange } from './any-range';
import { KEY_SCOPE_OPTIONS } from './words';

const DAY_MS = 86_400_000;
const { kind, name, scopes } = createKey.body.shape;

/** A new key; its token is shown once, and kept nowhere. */
@Component({
  selector: 'tg-create-key',
  imports: [ChoiceField, FormFrame, ListField, LookupField, MultiChoiceField, SelectField, TextField, ToggleField],
  template: `
    <tg-form [form]="form" [submitLabel]="verb()" cancelLabel="Cancel" (cancelled)="cancelled.emit()">
      @if (applicationId() === null) {
        <tg-lookup-field label="Application" [field]="form.fields.application" [search]="applications" />
      }
      <tg-choice-field label="Kind" [field]="form.fields.kind" [options]="kinds" />
      <tg-text-field label="Name" [field]="form.fields.name" hint="Where it is used: Checkout server" />
      <tg-multi-choice-field
        label="Scopes"
        [field]="form.fields.scopes"
        [options]="scopes"
        hint="Only what it needs: a stolen key can do no more"
      />
      <tg-select-field label="Expires" [field]="form.fields.expires" [options]="lifetimes" />
      @if (form.model().kind === 'live') {
        <tg-list-field
          label="Only from these addresses"
          [field]="form.fields.allowed_addresses"
          [optional]="true"
          placeholder="203.0.113.7"
          hint="Beside the application’s own rule, which always holds. Empty = only the application’s rule"
        />
        @if (anyRange(form.model().allowed_addresses)) {
          <tg-toggle-field
            label="I mean every address"
            [field]="form.fields.confirm_any_range"
            hint="A range that ends in /0 holds the whole internet"
          />
        }
      }
    </tg-form>
  `,
})
export class CreateKey {
  /** The application of the key; null asks for it. */
  readonly applicationId = input<string | null>(null);
  readonly created = output<void>();
  readonly cancelled = output<void>();
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly secret = inject(SecretOnce);
  private readonly now = inject(NOW);
  protected readonly scopes = KEY_SCOPE_OPTIONS;
  protected readonly anyRange = holdsAnyRange;
  protected readonly kinds: readonly Option[] = [
    { value: 'test', label: 'Test', hint: 'Sends nothing and costs nothing; codes are read in the test inbox' },
    { value: 'live', label: 'Live', hint: 'Sends real messages and spends credits' },
  ];
  protected readonly lifetimes: readonly Option[] = [
    { value: '', label: 'Never' },
    { value: '30', label: 'In 30 days' },
    { value: '90', label: 'In 90 days' },
    { value: '365', label: 'In a year' },
  ];

  protected readonly form = apiForm({
    schema: z.strictObject({
      application: z.string(),
      kind,
      name,
      scopes,
      expires: z.string(),
      allowed_addresses: z.array(z.string()),
      confirm_any_range: z.boolean(),
    }),
    model: {
      application: '',
      kind: 'test' as string,
      name: '',
      scopes: ['verifications:read', 'verifications:write'],
      expires: '',
      allowed_addresses: [] as string[],
      confirm_any_range: false,
    },
    readOnly: () => this.permissions.refusal('keys:write'),
    rules: (path) =>
      validate(path.application, ({ value }) =>
        this.applicationId() === null && value() === ''
          ? { kind: 'required', message: 'Choose the application it belongs to' }
          : null,
      ),
    submit: async ({ application, expires, allowed_addresses, confirm_any_range, ...body }) => {
      const listed = body.kind === 'live' && allowed_addresses.length > 0;
      const { token, ...made } = await this.api.call(createKey, {
        params: { id: this.applicationId() ?? application },
        body: {
          ...body,
          expires_at: expires === '' ? null : new Date(this.now() + Number(expires) * DAY_MS).toISOString(),
          ...(listed ? { allowed_addresses, confirm_any_range } : {}),
        },
      });
      await this.secret.show({
        title: `${made.kind === 'live' ? 'Live' : 'Test'} key created`,
        text: `${made.name} of ${made.application_name}. It is shown only now: put it where your servers read it.`,
        secrets: [token],
      });
    },
    done: () => this.created.emit(),
  });
  protected readonly verb = computed(() => (this.form.model().kind === 'live' ? 'Create live key' : 'Create test key'));

  protected readonly applications = async (text: string): Promise<readonly Option[]> => {
    const { data } = await this.api.call(listApplications, {
      query: { limit: 20, sort: 'name', status: 'active', q: text || undefined },
    });
    return data.map((one) => ({ value: one.id, label: one.name, hint: one.site_key }));
  };
}
