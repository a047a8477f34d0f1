import { Component, computed, inject, signal } from '@angular/core';
import { changeLimits, getLimits, previewLimits } from '@tollgate/contracts';
import type { LimitChange, LimitRuleView, PreviewReport } from '@tollgate/contracts';
import { Api, Permissions, apiResource } from '@tollgate/console/platform';
import { Banner, formatDuration, ListPage, Loaded, Region, Time, Toasts, toProblem } from '@tollgate/console/ui';
import { ChangeBar } from './change-bar';
import { ChangePreview } from './change-preview';
import { edits } from './edits';
import { ruleName } from './rule-name';

type Change = Partial<Pick<LimitRuleView, 'quota' | 'window_s' | 'enabled'>>;
const CHANNELS = { any: '', sms: 'SMS', email: 'Email', mobile: 'Mobile' } as const;

/** The default limits of the installation: changed here, in force in every process within a second. */
@Component({
  selector: 'tg-rate-limits-page',
  imports: [Banner, ChangeBar, ChangePreview, ListPage, Loaded, Region, Time],
  templateUrl: './rate-limits.html',
  styleUrl: './rules.css',
})
export class RateLimitsPage {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly refusal = inject(Permissions).refusal('limits:write');
  protected readonly limits = apiResource(getLimits);
  protected readonly edits = edits<LimitRuleView, Change>((rule) => rule.id);
  protected readonly busy = signal(false);
  protected readonly report = signal<PreviewReport | null>(null);
  private readonly body = computed<LimitChange[]>(() =>
    this.edits.changed().flatMap(([key, change]) => {
      const rule = this.limits.value()?.rules.find(({ id }) => id === key);
      return rule === undefined ? [] : [{ policy: rule.policy, channel: rule.channel, ...change }];
    }),
  );

  protected title(rule: LimitRuleView): string {
    const channel = CHANNELS[rule.channel];
    return `${ruleName(rule.policy)}${channel === '' ? '' : ` (${channel})`}`;
  }

  protected inWords(rule: LimitRuleView): string {
    const now = this.edits.of(rule);
    return now.enabled ? `${now.quota.toLocaleString('en')} in ${formatDuration(now.window_s)}` : 'Off';
  }

  protected number(rule: LimitRuleView, member: 'quota' | 'window_s', event: Event): void {
    const value = Number((event.target as HTMLInputElement).value);
    if (Number.isInteger(value) && value > 0) this.change(rule, { [member]: value });
  }

  protected change(rule: LimitRuleView, change: Change): void {
    this.edits.change(rule, change);
    this.report.set(null);
  }

  protected discard(): void {
    this.edits.clear();
    this.report.set(null);
  }

  protected preview(): Promise<void> {
    return this.run(async () => this.report.set(await this.api.call(previewLimits, { body: { rules: this.body() } })));
  }

  protected apply(): Promise<void> {
    return this.run(async () => {
      const version = this.limits.value()?.version ?? 0;
      this.limits.set(await this.api.call(changeLimits, { body: { version, rules: this.body() } }));
      this.discard();
      this.toasts.done('In force');
    });
  }

  /** What was typed stays when it fails; after somebody else's change the stored values are read again beneath it. */
  private async run(act: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    try {
      await act();
    } catch (failure) {
      const problem = toProblem(failure);
      if (problem.code === 'version_conflict') this.limits.reload();
      this.toasts.failed(problem.title);
    } finally {
      this.busy.set(false);
    }
  }
}
