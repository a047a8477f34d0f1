import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { getProviderHealth, updateProvider } from '@tollgate/contracts';
import type { ProviderView } from '@tollgate/contracts';
import { Api, apiResource } from '@tollgate/console/platform';
import { Confirm, SharePipe, StatusChip, Time, Toasts, formatDuration, toProblem } from '@tollgate/console/ui';
import { KINDS } from './provider-kinds';

/** One provider as a card: what it serves, how it does, and a switch. */
@Component({
  selector: 'tg-provider-card',
  imports: [MatButton, RouterLink, SharePipe, StatusChip, Time],
  template: `
    <article class="tg-card" [attr.aria-label]="provider().name">
      <header>
        <div>
          <h2>{{ provider().name }}</h2>
          <p class="tg-muted">{{ kind().name }}, priority {{ provider().priority }}</p>
        </div>
        <tg-status [value]="state()" />
      </header>
      @if (provider().notice; as notice) {
        <p class="tg-muted">{{ notice }}</p>
      }
      <dl class="tg-facts">
        <div>
          <dt>Serves</dt>
          <dd>{{ channels() }}, {{ countries() }}</dd>
        </div>
        <div>
          <dt>Success</dt>
          <dd>
            {{ window()?.success_rate | share }} of {{ window()?.attempts ?? 0 }} in
            {{ span() }}
          </dd>
        </div>
        <div>
          <dt>Latency</dt>
          <dd>{{ latency() }}</dd>
        </div>
        @if (health.value()?.last_error; as error) {
          <div>
            <dt>Last error</dt>
            <dd>
              {{ error.error_class?.replaceAll('_', ' ') }} {{ error.error_code }},
              <tg-time [value]="error.at" mode="relative" />
            </dd>
          </div>
        }
        @for (circuit of health.value()?.circuits ?? []; track $index) {
          <div>
            <dt>Circuit</dt>
            <dd>
              {{ circuit.country ?? 'every country' }}: {{ circuit.state.replace('_', ' ') }}. {{ circuit.reason }}
            </dd>
          </div>
        }
      </dl>
      <footer>
        <a matButton="outlined" [routerLink]="[provider().id]">Open</a>
        <button matButton type="button" [disabled]="busy() || readOnly() !== null" (click)="toggle()">
          {{ provider().enabled ? 'Disable' : 'Enable' }}
        </button>
        @if (readOnly(); as why) {
          <span class="tg-visually-hidden">{{ why }}</span>
        }
      </footer>
    </article>
  `,
  styles: `
    article {
      display: grid;
      gap: var(--tg-space-4);
      block-size: 100%;
      align-content: start;
    }
    header {
      display: flex;
      justify-content: space-between;
      gap: var(--tg-space-3);
    }
    h2 {
      font: var(--mat-sys-title-medium);
    }
    footer {
      display: flex;
      gap: var(--tg-space-2);
      margin-block-start: auto;
    }
  `,
})
export class ProviderCard {
  readonly provider = input.required<ProviderView>();
  readonly readOnly = input<string | null>(null);
  readonly changed = output<void>();
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  protected readonly busy = signal(false);
  protected readonly health = apiResource(getProviderHealth, () => ({ params: { id: this.provider().id } }));
  protected readonly window = computed(() => this.health.value()?.windows.at(-1));
  protected readonly span = computed(() => formatDuration((this.window()?.minutes ?? 60) * 60));
  protected readonly kind = computed(() => KINDS[this.provider().kind]);
  protected readonly state = computed(() =>
    this.provider().enabled ? (this.health.value()?.state ?? 'idle') : 'disabled',
  );
  protected readonly channels = computed(() =>
    this.provider()
      .channels.map((one) => (one === 'sms' ? 'SMS' : 'e-mail'))
      .join(' and '),
  );
  protected readonly countries = computed(() => this.provider().countries?.join(', ') ?? 'every country');
  protected readonly latency = computed(() => {
    const { p50, p95 } = this.window()?.latency_ms ?? { p50: null, p95: null };
    return p50 === null ? '–' : `${p50} ms, 95 % within ${p95 ?? p50} ms`;
  });

  protected async toggle(): Promise<void> {
    const { enabled, id, name } = this.provider();
    const sure =
      !enabled ||
      (await this.confirm.ask({
        level: 2,
        title: `Disable ${name}?`,
        text: 'Messages go through the next provider from now on; without one they fail.',
        verb: 'Disable provider',
      }));
    if (!sure) return;
    this.busy.set(true);
    try {
      await this.api.call(updateProvider, { params: { id }, body: { enabled: !enabled } });
      this.changed.emit();
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.busy.set(false);
    }
  }
}
