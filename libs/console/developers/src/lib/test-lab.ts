import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { createKey, listApplications } from '@tollgate/contracts';
import { ActiveScope, Api, Permissions, apiResource } from '@tollgate/console/platform';
import {
  Banner,
  Loaded,
  Region,
  JsonView,
  StatusChip,
  Time,
  Toasts,
  toProblem,
  WizardPage,
} from '@tollgate/console/ui';
import { callWithKey, type Exchange } from './key-client';

const LAB_KEY_HOURS = 1;
type Verification = { readonly id: string; readonly status: string };

/** Starts and checks a verification with a real key, and shows every exchange as it went over the wire. */
@Component({
  selector: 'tg-test-lab-page',
  imports: [Banner, JsonView, Loaded, MatButton, Region, RouterLink, StatusChip, Time, WizardPage],
  templateUrl: './test-lab.html',
  styleUrl: './test-lab.css',
})
export class TestLabPage {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly scope = inject(ActiveScope);
  protected readonly permissions = inject(Permissions);

  protected readonly applications = apiResource(listApplications, () => ({
    query: { limit: 100, status: 'active' as const },
  }));
  protected readonly chosen = signal('');
  protected readonly application = computed(() => this.chosen() || (this.applications.value()?.data[0]?.id ?? ''));
  protected readonly key = signal('');
  protected readonly to = signal('+27821234567');
  protected readonly code = signal('');
  protected readonly busy = signal(false);
  protected readonly exchanges = signal<readonly Exchange[]>([]);
  protected readonly verification = signal<Verification | null>(null);
  protected readonly isTest = computed(() => this.key().startsWith('tg_test_'));
  protected readonly isKey = computed(() => /^tg_(test|live)_[0-9A-Za-z]{49}$/.test(this.key().trim()));
  /** What the newest check of this verification found; what was read since does not take it back. */
  protected readonly result = computed(() => {
    const path = `/v1/verifications/${this.verification()?.id ?? ''}/check`;
    const check = this.exchanges().find((exchange) => exchange.path === path);
    const body = check?.response as { valid?: boolean } | null | undefined;
    return check?.status === 200 ? (body?.valid ?? null) : null;
  });

  /** A test key of the application for an hour: it can send nothing and cost nothing. */
  protected async makeKey(): Promise<void> {
    try {
      const made = await this.api.call(createKey, {
        params: { id: this.application() },
        body: {
          kind: 'test',
          name: 'Test lab',
          scopes: ['verifications:write', 'verifications:read', 'test_messages:read'],
          expires_at: new Date(Date.now() + LAB_KEY_HOURS * 3_600_000).toISOString(),
        },
      });
      this.key.set(made.token);
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    }
  }

  protected async start(): Promise<void> {
    const exchange = await this.send('POST', '/v1/verifications', { to: this.to().trim() });
    if (exchange !== null && exchange.status < 300) {
      this.verification.set(exchange.response as Verification);
      this.code.set('');
    }
  }

  protected async check(): Promise<void> {
    const id = this.verification()?.id ?? '';
    await this.send('POST', `/v1/verifications/${id}/check`, { code: this.code().trim() });
    await this.refresh();
  }

  protected async cancel(): Promise<void> {
    await this.send('POST', `/v1/verifications/${this.verification()?.id ?? ''}/cancel`);
    await this.refresh();
  }

  /** The code from the test inbox; live codes are on the phone. */
  protected async readCode(): Promise<void> {
    const exchange = await this.send('GET', `/v1/test/messages?to=${encodeURIComponent(this.to().trim())}&limit=1`);
    const found = (exchange?.response as { data?: { code: string | null }[] } | null)?.data?.[0]?.code;
    if (found) this.code.set(found);
    else if (exchange?.status === 200) this.toasts.failed('No code there yet: read the inbox again in a moment');
  }

  private async refresh(): Promise<void> {
    const id = this.verification()?.id;
    const exchange = id === undefined ? null : await this.send('GET', `/v1/verifications/${id}`);
    if (exchange?.status === 200) this.verification.set(exchange.response as Verification);
  }

  private async send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Exchange | null> {
    this.busy.set(true);
    try {
      const exchange = await callWithKey(this.key().trim(), method, path, body);
      this.exchanges.update((before) => [exchange, ...before].slice(0, 20));
      return exchange;
    } catch {
      this.toasts.failed('The server could not be reached');
      return null;
    } finally {
      this.busy.set(false);
    }
  }
}
