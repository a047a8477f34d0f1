import { Component, computed, inject, input, output } from '@angular/core';
import { changePassword } from '@tollgate/contracts';
import { Api, Session } from '@tollgate/console/platform';
import { FormFrame, Icon, SettingsSection, TextField, Time, Toasts, apiForm } from '@tollgate/console/ui';
import { passwordRules } from './password-rules';

/** A new password, with its rules answered while it is typed. */
@Component({
  selector: 'tg-password-form',
  imports: [FormFrame, Icon, SettingsSection, TextField, Time],
  template: `
    <tg-settings-section
      anchor="password"
      title="Password"
      text="Changing it signs you out everywhere else. This session stays."
    >
      @if (changedAt(); as at) {
        <p class="tg-muted">Changed <tg-time [value]="at" /></p>
      }
      <tg-form [form]="form" submitLabel="Change password">
        <input
          class="tg-visually-hidden"
          type="text"
          autocomplete="username"
          tabindex="-1"
          aria-hidden="true"
          readonly
          [value]="email()"
        />
        <tg-text-field
          label="Present password"
          type="password"
          autocomplete="current-password"
          [field]="form.fields.current_password"
        />
        <tg-text-field
          label="New password"
          type="password"
          autocomplete="new-password"
          [field]="form.fields.new_password"
        />
        <ul class="rules" aria-label="Rules for the new password">
          @for (rule of rules(); track rule.text) {
            <li [class.met]="rule.met">
              <tg-icon [name]="rule.met ? 'check_circle' : 'circle'" [small]="true" />{{ rule.text }}
              <span class="tg-visually-hidden">{{ rule.met ? 'met' : 'not met yet' }}</span>
            </li>
          }
        </ul>
      </tg-form>
    </tg-settings-section>
  `,
  styles: `
    .rules {
      display: grid;
      gap: 4px;
      color: var(--mat-sys-on-surface-variant);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--tg-space-2);
    }
    .met {
      color: light-dark(#0b5d2b, #8fdba6);
    }
  `,
})
export class PasswordForm {
  readonly changedAt = input<string | null>(null);
  readonly changed = output<void>();
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  protected readonly email = computed(() => this.session.user()?.email ?? '');

  protected readonly form = apiForm({
    schema: changePassword.body,
    model: { current_password: '', new_password: '' },
    submit: (body) => this.api.call(changePassword, { body }),
    done: () => {
      this.form.reset({ current_password: '', new_password: '' });
      this.toasts.done('Password changed; your other sessions ended');
      this.changed.emit();
    },
  });
  protected readonly rules = computed(() => {
    const { current_password, new_password } = this.form.model();
    const view = this.session.view();
    const known = view ? [view.user.name, view.user.email.split('@')[0] ?? '', view.organization.name] : [];
    return passwordRules(new_password, current_password, known);
  });
}
