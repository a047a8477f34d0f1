import { Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { testSendProvider } from '@tollgate/contracts';
import type { TestSendResult } from '@tollgate/contracts';
import { Api, Requires } from '@tollgate/console/platform';
import { Banner, Toasts, toProblem } from '@tollgate/console/ui';

/** Shows the request that a provider would send, with secrets masked, and sends it. */
@Component({
  selector: 'tg-provider-test',
  imports: [Banner, MatButton, Requires],
  template: `
    <section class="tg-card">
      <h2>Send test</h2>
      <form (submit)="$event.preventDefault(); run(false)">
        <label>
          <span>{{ channel() === 'sms' ? 'Phone number' : 'Mailbox' }}</span>
          <input type="text" [value]="to()" (input)="to.set($any($event.target).value)" />
        </label>
        <div class="tg-row">
          <button
            matButton="outlined"
            type="button"
            tgRequires="providers:write"
            [disabled]="busy() || to() === ''"
            (click)="run(true)"
          >
            Show the request
          </button>
          <button matButton="filled" type="submit" tgRequires="providers:write" [disabled]="busy() || to() === ''">
            Send it
          </button>
        </div>
      </form>
      @if (found(); as shown) {
        @if (shown.result; as result) {
          <tg-banner [tone]="result.outcome === 'accepted' ? 'success' : 'danger'">
            {{ result.outcome }} in {{ result.latency_ms }} ms {{ result.error_class?.replaceAll('_', ' ') }}
            {{ result.error_code }}
          </tg-banner>
        }
        <pre tabindex="0" role="region" aria-label="Request">{{ asText(shown) }}</pre>
      }
    </section>
  `,
  styles: `
    section,
    form {
      display: grid;
      gap: var(--tg-space-4);
    }
    h2 {
      font: var(--mat-sys-title-medium);
    }
    label {
      display: grid;
      gap: 4px;
    }
    span {
      font: var(--mat-sys-label-large);
    }
    input {
      min-block-size: 40px;
      padding-inline: var(--tg-space-3);
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      color: var(--mat-sys-on-surface);
      background: var(--mat-sys-surface);
      font: var(--mat-sys-body-large);
    }
    pre {
      overflow: auto;
      max-block-size: 24rem;
      padding: var(--tg-space-3);
      border-radius: 8px;
      background: var(--mat-sys-surface-container-low);
      font-family: var(--tg-mono);
      font-size: 0.8125rem;
    }
  `,
})
export class ProviderTest {
  readonly id = input.required<string>();
  readonly channel = input<'sms' | 'email'>('sms');
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly to = signal('');
  protected readonly busy = signal(false);
  protected readonly found = signal<TestSendResult | null>(null);

  protected asText({ request }: TestSendResult): string {
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
    return [`${request.method} ${request.url}`, ...headers, '', request.body].join('\n');
  }

  protected async run(dryRun: boolean): Promise<void> {
    this.busy.set(true);
    try {
      this.found.set(
        await this.api.call(testSendProvider, {
          params: { id: this.id() },
          body: { to: this.to().trim(), dry_run: dryRun },
        }),
      );
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.busy.set(false);
    }
  }
}
