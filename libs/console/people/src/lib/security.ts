import { Component, inject } from '@angular/core';
import { listMyFactors, readMe } from '@tollgate/contracts';
import { Session, apiResource } from '@tollgate/console/platform';
import { Banner, SettingsPage } from '@tollgate/console/ui';
import { Authenticators } from './authenticators';
import { PasswordForm } from './password-form';
import { RecoveryKeys } from './recovery-keys';

/** How one's sign-in is protected: password, authenticator, recovery keys. */
@Component({
  selector: 'tg-security-page',
  imports: [Authenticators, Banner, PasswordForm, RecoveryKeys, SettingsPage],
  template: `
    <tg-settings-page title="Security" subtitle="How your sign-in is protected">
      <div class="all">
        @if (me.value(); as shown) {
          @if (!shown.second_factor) {
            <tg-banner tone="warning" icon="shield_lock">
              Your sign-in rests on your password alone. Set up an authenticator: with it a stolen password opens
              nothing.
            </tg-banner>
          } @else {
            <tg-banner tone="success" icon="verified_user">
              Your sign-in needs two proofs: your password and your authenticator.
            </tg-banner>
          }
        }
        <tg-authenticators [factors]="factors" (changed)="refresh()" />
        @if (me.value()?.second_factor) {
          <tg-recovery-keys [remaining]="me.value()?.recovery_codes_remaining ?? null" (changed)="refresh()" />
        }
        <tg-password-form [changedAt]="me.value()?.password_changed_at ?? null" (changed)="refresh()" />
      </div>
    </tg-settings-page>
  `,
  styles: `
    .all {
      display: grid;
      gap: var(--tg-space-5);
      max-inline-size: 720px;
    }
  `,
})
export class SecurityPage {
  private readonly session = inject(Session);
  protected readonly me = apiResource(readMe);
  protected readonly factors = apiResource(listMyFactors);

  protected refresh(): void {
    this.me.reload();
    this.factors.reload();
    // The first steps and the step-up dialog go by what the session says.
    void this.session.load();
  }
}
