import { Component, computed, input } from '@angular/core';
import type { CreditBalanceView } from '@tollgate/contracts';
import { Banner, MetricTile, formatCredits } from '@tollgate/console/ui';

/** Balance, available, held, and how long it lasts. */
@Component({
  selector: 'tg-balance-tiles',
  imports: [Banner, MetricTile],
  template: `
    @if (balance().low) {
      <tg-banner tone="warning">
        The balance is below {{ threshold() }} credits. Verifications are refused when none are left.
      </tg-banner>
    }
    <div class="tg-grid">
      <tg-metric
        label="Balance"
        [value]="balance().balance"
        unit="credits"
        definition="Everything posted so far: grants and purchases less charges."
      />
      <tg-metric
        label="Available"
        [value]="balance().available"
        unit="credits"
        definition="Balance less what is held; new verifications are paid from it."
      />
      <tg-metric
        label="Held"
        [value]="balance().held"
        unit="credits"
        definition="Kept for the check of verifications that are pending, so that a check never fails for lack of credits."
      />
      <tg-metric label="Days left" [value]="daysLeft()" [definition]="burn()" />
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-4);
    }
  `,
})
export class BalanceTiles {
  readonly balance = input.required<CreditBalanceView>();
  protected readonly threshold = computed(() => formatCredits(this.balance().low_balance_threshold ?? 0));
  protected readonly daysLeft = computed(() => {
    const days = this.balance().burn.days_left;
    return days === null ? null : Math.floor(days);
  });
  protected readonly burn = computed(() => {
    const { per_day: perDay, window_days: days } = this.balance().burn;
    return `At ${formatCredits(Math.round(perDay))} credits a day, the mean of the last ${days} days.`;
  });
}
