import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { changeFraudRules, FRAUD_RULE_MODES, getFraudRules, previewFraudRules } from '@tollgate/contracts';
import type { FraudParameters, FraudRuleChange, FraudRulesView, PreviewReport } from '@tollgate/contracts';
import { Api, Permissions, apiResource } from '@tollgate/console/platform';
import { Banner, ListPage, Loaded, Region, Toasts, toProblem } from '@tollgate/console/ui';
import { ChangeBar } from './change-bar';
import { ChangePreview } from './change-preview';
import { edits } from './edits';
import { ruleName } from './rule-name';

type Rule = FraudRulesView['rules'][number];
type Change = Partial<Pick<Rule, 'mode' | 'parameters'>>;
type AllowName = keyof FraudRulesView['allow'];

const PARAMETERS: readonly { name: keyof FraudParameters; label: string }[] = [
  { name: 'floor', label: 'Always allowed' },
  { name: 'of_peak', label: '× best day' },
  { name: 'of_recent', label: '× verified lately' },
  { name: 'in_flight', label: 'In flight' },
];
const ALLOW: readonly { name: AllowName; label: string; hint: string }[] = [
  { name: 'networks', label: 'Networks', hint: 'CIDR ranges, one a line' },
  { name: 'countries', label: 'Countries', hint: 'Two letters, one a line' },
  { name: 'prefixes', label: 'Prefixes', hint: 'Beginnings of numbers such as +2782, one a line' },
];
const MODE_NAMES: Readonly<Record<Rule['mode'], string>> = { enforce: 'Enforce', record: 'Record only', off: 'Off' };
const lines = (text: string): string[] => text.split(/\s+/).filter((line) => line !== '');

/** The fraud guard: budgets for starts that nobody completes, with the reasons of each. Never billed. */
@Component({
  selector: 'tg-fraud-rules-page',
  imports: [Banner, ChangeBar, ChangePreview, ListPage, Loaded, Region],
  templateUrl: './fraud-rules.html',
  styleUrl: './rules.css',
})
export class FraudRulesPage {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly refusal = inject(Permissions).refusal('limits:write');
  protected readonly modes = FRAUD_RULE_MODES;
  protected readonly modeNames = MODE_NAMES;
  protected readonly parameters = PARAMETERS;
  protected readonly lists = ALLOW;
  protected readonly rules = apiResource(getFraudRules);
  protected readonly edits = edits<Rule, Change>((rule) => rule.rule);
  protected readonly allow = linkedSignal<Partial<FraudRulesView['allow']>>(() => (this.rules.value()?.version, {}));
  protected readonly busy = signal(false);
  protected readonly report = signal<PreviewReport | null>(null);
  protected readonly count = computed(() => this.edits.changed().length + Object.keys(this.allow()).length);

  private readonly body = computed(() => ({
    rules: this.edits.changed().map(([rule, change]) => ({ rule, ...change }) as FraudRuleChange),
    ...(Object.keys(this.allow()).length === 0 ? {} : { allow: this.allow() }),
  }));

  protected readonly title = (rule: Rule): string => ruleName(rule.rule);

  protected setMode(rule: Rule, mode: string): void {
    this.edits.change(rule, { mode: mode as Rule['mode'] });
    this.report.set(null);
  }

  protected setParameter(rule: Rule, name: keyof FraudParameters, event: Event): void {
    const value = (event.target as HTMLInputElement).valueAsNumber;
    if (!Number.isFinite(value) || value < 0) return;
    this.edits.change(rule, { parameters: { ...this.edits.of(rule).parameters, [name]: value } });
    this.report.set(null);
  }

  protected setAllow(name: AllowName, text: string): void {
    const stored = this.rules.value()?.allow[name] ?? [];
    const wanted = lines(text);
    const { [name]: _, ...others } = this.allow();
    this.allow.set(JSON.stringify(wanted) === JSON.stringify(stored) ? others : { ...others, [name]: wanted });
  }

  protected discard(): void {
    this.edits.clear();
    this.allow.set({});
    this.report.set(null);
  }

  protected preview(): Promise<void> {
    return this.run(async () => this.report.set(await this.api.call(previewFraudRules, { body: this.body() })));
  }

  protected apply(): Promise<void> {
    return this.run(async () => {
      const version = this.rules.value()?.version ?? 0;
      this.rules.set(await this.api.call(changeFraudRules, { body: { version, ...this.body() } }));
      this.discard();
      this.toasts.done('In force');
    });
  }

  private async run(act: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    try {
      await act();
    } catch (failure) {
      const problem = toProblem(failure);
      if (problem.code === 'version_conflict') this.rules.reload();
      this.toasts.failed(problem.title);
    } finally {
      this.busy.set(false);
    }
  }
}
