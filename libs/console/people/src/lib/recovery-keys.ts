import { Component, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { renewRecoveryCodes } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import { Banner, Confirm, SecretOnce, SettingsSection, Toasts, toProblem } from '@tollgate/console/ui';

const FEW = 3;

/** The keys for when the phone is gone. */
@Component({
  selector: 'tg-recovery-keys',
  imports: [Banner, MatButton, SettingsSection],
  template: `
    <tg-settings-section
      anchor="recovery"
      title="Recovery keys"
      text="Each works once in place of a code, when your phone is gone."
    >
      @if (remaining() !== null && (remaining() ?? 0) <= few) {
        <tg-banner tone="warning" icon="warning">{{ remaining() }} of 10 are left. Make new ones.</tg-banner>
      } @else {
        <p>{{ remaining() ?? '–' }} of 10 are left.</p>
      }
      <div>
        <button matButton="outlined" type="button" (click)="renew()">Make new recovery keys</button>
      </div>
    </tg-settings-section>
  `,
})
export class RecoveryKeys {
  readonly remaining = input.required<number | null>();
  readonly changed = output<void>();
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly secret = inject(SecretOnce);
  private readonly toasts = inject(Toasts);
  protected readonly few = FEW;

  protected async renew(): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 2,
      title: 'Make new recovery keys?',
      text: 'The ones you have stop working at once. The ten new ones are shown a single time.',
      verb: 'Make new recovery keys',
    });
    if (!confirmed) return;
    try {
      const { recovery_codes } = await this.api.call(renewRecoveryCodes);
      await this.secret.show({
        title: 'Your new recovery keys',
        text: 'Each works once in place of a code. Keep them where your password is not.',
        secrets: recovery_codes,
        fileName: 'tollgate-recovery-keys',
      });
      this.changed.emit();
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    }
  }
}
