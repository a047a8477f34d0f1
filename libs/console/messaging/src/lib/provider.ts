import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { createProvider, deleteProvider, getProvider, updateProvider } from '@tollgate/contracts';
import type { ProviderKind, ProviderView } from '@tollgate/contracts';
import { Api, Permissions, apiResource } from '@tollgate/console/platform';
import {
  Banner,
  Confirm,
  Copy,
  DangerAct,
  DangerZone,
  PageHeader,
  Problem,
  Toasts,
  toProblem,
} from '@tollgate/console/ui';
import { initialTexts, KIND_OPTIONS, KINDS, settingsOf, textOf, UnreadableSetting } from './provider-kinds';
import { ProviderTest } from './provider-test';

interface Draft {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly priority: string;
  readonly countries: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

function draftOf(stored: ProviderView | undefined): Draft {
  if (stored === undefined) {
    return {
      kind: 'twilio',
      name: '',
      priority: '100',
      countries: '',
      enabled: true,
      settings: initialTexts('twilio'),
    };
  }
  return {
    kind: stored.kind,
    name: stored.name,
    priority: String(stored.priority),
    countries: stored.countries?.join(' ') ?? '',
    enabled: stored.enabled,
    settings: Object.fromEntries(
      KINDS[stored.kind].settings.map((field) => [field.name, textOf(field, stored.settings)]),
    ),
  };
}

/** Settings that are not even JSON are found before anything is sent. */
function problemOf(failure: unknown): Problem {
  if (failure instanceof UnreadableSetting)
    return new Problem({ status: 422, code: 'validation_failed', title: failure.message });
  return toProblem(failure);
}

/** One provider: settings of its kind, credentials that never come back, a test send, and its end. */
@Component({
  selector: 'tg-provider-page',
  imports: [Banner, Copy, DangerAct, DangerZone, MatButton, PageHeader, ProviderTest],
  templateUrl: './provider.html',
  styleUrl: './provider.css',
})
export class ProviderPage {
  readonly id = input.required<string>();
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  protected readonly refusal = inject(Permissions).refusal('providers:write');
  protected readonly kinds = KIND_OPTIONS;

  protected readonly isNew = computed(() => this.id() === 'new');
  protected readonly provider = apiResource(getProvider, () =>
    this.isNew() ? undefined : { params: { id: this.id() } },
  );
  protected readonly draft = linkedSignal<Draft>(() => draftOf(this.isNew() ? undefined : this.provider.value()));
  protected readonly facts = computed(() => KINDS[this.draft().kind]);
  protected readonly secrets = signal<Readonly<Record<string, string>>>({});
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly issues = computed(() => this.problem()?.issues ?? []);

  protected edit(change: Partial<Draft>): void {
    this.draft.update((before) => ({ ...before, ...change }));
  }

  protected chooseKind(kind: string): void {
    const chosen = kind as ProviderKind;
    this.edit({ kind: chosen, settings: initialTexts(chosen) });
    this.secrets.set({});
  }

  protected setSetting(name: string, value: string): void {
    this.edit({ settings: { ...this.draft().settings, [name]: value } });
  }

  protected idOf(setting: string): string {
    return `setting-${setting || 'all'}`;
  }

  protected setSecret(name: string, value: string): void {
    this.secrets.update((before) => ({ ...before, [name]: value }));
  }

  protected hintOf(name: string): string {
    return this.provider.value()?.credentials.find((one) => one.name === name)?.hint ?? '';
  }

  protected async save(): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      const { kind, name, priority, countries, enabled } = this.draft();
      const codes = countries
        .toUpperCase()
        .split(/[^A-Z]+/)
        .filter((code) => code !== '');
      const body = {
        name,
        priority: Number(priority),
        countries: codes.length === 0 ? null : codes,
        enabled,
        settings: settingsOf(this.facts().settings, this.draft().settings),
        credentials: Object.fromEntries(Object.entries(this.secrets()).filter(([, value]) => value !== '')),
      };
      if (this.isNew()) {
        const made = await this.api.call(createProvider, { body: { kind, ...body } });
        this.toasts.done('Added');
        await this.router.navigate(['/platform/providers', made.id]);
      } else {
        this.provider.set(await this.api.call(updateProvider, { params: { id: this.id() }, body }));
        this.toasts.done('Saved; in force within a second');
      }
      this.secrets.set({});
    } catch (failure) {
      // What was typed stays; the reasons stand above the form.
      this.problem.set(problemOf(failure));
    } finally {
      this.busy.set(false);
    }
  }

  protected async remove(): Promise<void> {
    const { name } = this.draft();
    const sure = await this.confirm.ask({
      level: 3,
      title: `Remove ${name}?`,
      text: 'Its settings and credentials are gone for good. Messages that it delivered stay in the log.',
      verb: 'Remove provider',
      name,
    });
    if (!sure) return;
    try {
      await this.api.call(deleteProvider, { params: { id: this.id() } });
      this.toasts.done('Removed');
      await this.router.navigate(['/platform/providers']);
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    }
  }
}
