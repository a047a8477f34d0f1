import { Component, inject, input, output } from '@angular/core';
import { activateMyFactor } from '@tollgate/contracts';
import type { ResultOf, startMyFactor } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import { Copy, FormFrame, SecretOnce, TextField, Toasts, apiForm } from '@tollgate/console/ui';

/** Scan, or type the secret by hand; then prove it with a first code. The first one brings the recovery keys. */
@Component({
  selector: 'tg-set-up-authenticator',
  imports: [Copy, FormFrame, TextField],
  template: `
    <ol class="steps">
      <li>
        <p>Open your authenticator app, add an account, and scan this.</p>
        <svg
          class="qr"
          role="img"
          aria-label="QR code for your authenticator app"
          [attr.viewBox]="'0 0 ' + started().qr.size + ' ' + started().qr.size"
        >
          <path [attr.d]="started().qr.path" />
        </svg>
      </li>
      <li>
        <p>It cannot scan? Type this secret instead, as a time-based code of six digits.</p>
        <p class="secret">
          <code>{{ grouped() }}</code><tg-copy [text]="started().secret" label="Copy secret" />
        </p>
      </li>
      <li>
        <tg-form [form]="form" submitLabel="Activate authenticator">
          <tg-text-field
            label="Code that the app shows"
            [mono]="true"
            autocomplete="one-time-code"
            [field]="form.fields.code"
            placeholder="123456"
          />
        </tg-form>
      </li>
    </ol>
  `,
  styles: `
    .steps {
      display: grid;
      gap: var(--tg-space-5);
      list-style: decimal;
      padding-inline-start: var(--tg-space-5);
    }
    .qr {
      display: block;
      inline-size: min(100%, 15rem);
      margin-block-start: var(--tg-space-3);
      border-radius: 12px;
      background: #fff;
    }
    .qr path {
      fill: #000;
    }
    .secret {
      display: flex;
      align-items: center;
      gap: var(--tg-space-2);
      margin-block-start: var(--tg-space-2);
    }
    code {
      overflow-wrap: anywhere;
      user-select: all;
    }
  `,
})
export class SetUpAuthenticator {
  readonly started = input.required<ResultOf<typeof startMyFactor>>();
  readonly done = output<void>();
  private readonly api = inject(Api);
  private readonly secret = inject(SecretOnce);
  private readonly toasts = inject(Toasts);

  protected readonly form = apiForm({
    schema: activateMyFactor.body,
    model: { code: '' },
    submit: async (body) => {
      const { recovery_codes } = await this.api.call(activateMyFactor, {
        params: { id: this.started().factor.id },
        body,
      });
      if (recovery_codes === null) return;
      await this.secret.show({
        title: 'Your recovery keys',
        text: 'Each works once in place of a code, when your phone is gone. Keep them where your password is not.',
        secrets: recovery_codes,
        fileName: 'tollgate-recovery-keys',
      });
    },
    done: () => {
      this.toasts.done('Your sign-in now asks for a code of your authenticator');
      this.done.emit();
    },
  });

  /** In groups of four: easier to type. */
  protected grouped(): string {
    return this.started().secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
  }
}
