import { Component, computed, inject, input, output } from '@angular/core';
import { validate } from '@angular/forms/signals';
import { removeMyFactor } from '@tollgate/contracts';
import type { FactorView } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import { Banner, FormFrame, TextField, Toasts, apiForm } from '@tollgate/console/ui';

/** Takes an authenticator away, with both proofs when it is in use. */
@Component({
  selector: 'tg-remove-authenticator',
  imports: [Banner, FormFrame, TextField],
  template: `
    <div class="tg-stack">
      @if (active()) {
        <tg-banner tone="warning" icon="warning">
          Without {{ factor().name }} your sign-in rests on your password, unless you have another. With the last one
          the recovery keys go too, and your other sessions end.
        </tg-banner>
      } @else {
        <p>{{ factor().name }} was never activated. Removing it changes nothing about your sign-in.</p>
      }
      <tg-form [form]="form" submitLabel="Remove authenticator" [danger]="true">
        <tg-text-field
          label="Password"
          type="password"
          autocomplete="current-password"
          [field]="form.fields.password"
        />
        @if (active()) {
          <tg-text-field
            label="Code or recovery key"
            [mono]="true"
            autocomplete="one-time-code"
            [field]="form.fields.code"
          />
        }
      </tg-form>
    </div>
  `,
})
export class RemoveAuthenticator {
  readonly factor = input.required<FactorView>();
  readonly done = output<void>();
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly active = computed(() => this.factor().status === 'active');

  protected readonly form = apiForm({
    schema: removeMyFactor.body,
    model: { password: '', code: '' },
    rules: (path) =>
      validate(path.code, ({ value }) =>
        this.active() && value() === '' ? { kind: 'required', message: 'Fill this in' } : null,
      ),
    submit: (body) => this.api.call(removeMyFactor, { params: { id: this.factor().id }, body }),
    done: () => {
      this.toasts.done(`${this.factor().name} is removed`);
      this.done.emit();
    },
  });
}
