import { Component, computed, input } from '@angular/core';
import type { CreditBalanceView } from '@tollgate/contracts';
import { MetricTile, formatCredits } from '@tollgate/console/ui';

/** Balance, available, held, and how long it lasts. That it is low or gone stands above every page. */
@Component({
  selector: 'tg-balance-tiles',
  imports: [MetricTile],
  template: `
    <div class="tg-tiles">
      <tg-metric
        label="Balance"
        [value]="balance().balance"
        unit="credits"
        definition="Everything posted so far: grants and purchases less charges."
      />
      <tg-metric label="Available" [value]="balance().available" unit="credits" [definition]="available()" />
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
  protected readonly available = computed(() => {
    const threshold = this.balance().low_balance_threshold;
    const warns = threshold === null ? '' : ` Staff are warned below ${formatCredits(threshold)} credits.`;
    return `Balance less what is held; new verifications are paid from it.${warns}`;
  });
  protected readonly daysLeft = computed(() => {
    const days = this.balance().burn.days_left;
    return days === null ? null : Math.floor(days);
  });
  protected readonly burn = computed(() => {
    const { per_day: perDay, window_days: days } = this.balance().burn;
    return `At ${formatCredits(Math.round(perDay))} credits a day, the mean of the last ${days} days.`;
  });
}
