import { Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { startMyFactor } from '@tollgate/contracts';
import type { FactorView, ResultOf, listMyFactors } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import type { ApiResource } from '@tollgate/console/platform';
import { Loaded, Region, SettingsSection, SideSheet, StatusChip, Time, Toasts, toProblem } from '@tollgate/console/ui';
import { RemoveAuthenticator } from './remove-authenticator';
import { SetUpAuthenticator } from './set-up-authenticator';

/** The authenticator apps of oneself. */
@Component({
  selector: 'tg-authenticators',
  imports: [
    Loaded,
    MatButton,
    Region,
    RemoveAuthenticator,
    SetUpAuthenticator,
    SettingsSection,
    SideSheet,
    StatusChip,
    Time,
  ],
  template: `
    <tg-settings-section
      anchor="authenticator"
      title="Authenticator app"
      text="Six digits from your phone, asked for after the password."
    >
      <tg-region what="your authenticators">
        <ng-template [tgLoaded]="factors()" let-found>
          @for (factor of found.data; track factor.id) {
            <div class="factor">
              <div class="words">
                <strong>{{ factor.name }}</strong>
                <tg-status [value]="factor.status" />
                <p class="tg-muted">
                  @if (factor.last_used_at; as used) {
                    Last used <tg-time [value]="used" />
                  } @else {
                    Added <tg-time [value]="factor.created_at" />
                  }
                </p>
              </div>
              <button matButton="outlined" class="tg-danger" type="button" (click)="removing.set(factor)">
                Remove
              </button>
            </div>
          } @empty {
            <p>
              None yet. Any app that shows one-time codes will do: it scans a QR code once, and works without a network.
            </p>
          }
        </ng-template>
      </tg-region>
      <div>
        <button matButton="filled" type="button" [disabled]="starting()" (click)="start()">Set up authenticator</button>
      </div>
    </tg-settings-section>
    <tg-side-sheet title="Set up authenticator" [openId]="started()?.factor?.id ?? null" (closed)="finished()">
      <ng-template>
        @if (started(); as shown) {
          <tg-set-up-authenticator [started]="shown" (done)="finished()" />
        }
      </ng-template>
    </tg-side-sheet>
    <tg-side-sheet title="Remove authenticator" [openId]="removing()?.id ?? null" (closed)="removing.set(null)">
      <ng-template>
        @if (removing(); as factor) {
          <tg-remove-authenticator [factor]="factor" (done)="removed()" />
        }
      </ng-template>
    </tg-side-sheet>
  `,
  styles: `
    .factor {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--tg-space-3);
      padding-block: var(--tg-space-3);
      border-block-end: 1px solid var(--mat-sys-outline-variant);
    }
    .words {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px var(--tg-space-2);
    }
    .words p {
      flex-basis: 100%;
    }
  `,
})
export class Authenticators {
  readonly factors = input.required<ApiResource<ResultOf<typeof listMyFactors>>>();
  readonly changed = output<void>();
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly starting = signal(false);
  protected readonly started = signal<ResultOf<typeof startMyFactor> | null>(null);
  protected readonly removing = signal<FactorView | null>(null);

  protected async start(): Promise<void> {
    this.starting.set(true);
    try {
      this.started.set(await this.api.call(startMyFactor, { body: {} }));
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.starting.set(false);
    }
  }

  /** Also when it was left half way: the list then shows it as pending, to be removed. */
  protected finished(): void {
    this.started.set(null);
    this.changed.emit();
  }

  protected removed(): void {
    this.removing.set(null);
    this.changed.emit();
  }
}
