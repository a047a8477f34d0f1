import { Component, computed, inject } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';
import { ActiveScope } from '@tollgate/console/platform';
import { CreditsPipe, Icon, formatCredits } from '@tollgate/console/ui';
import { Balance } from './balance';

/** The credits that the present organization can still use. */
@Component({
  selector: 'tg-balance-pill',
  imports: [CreditsPipe, Icon, MatTooltip, RouterLink],
  template: `
    @if (shown()) {
      <a class="pill" [attr.data-tone]="tone()" [routerLink]="scope.root() + '/credits'" [matTooltip]="hint()">
        <tg-icon [small]="true" [name]="tone() === 'calm' ? 'toll' : 'warning'" />
        <span class="tg-number">{{ rounded() | credits }}</span>
        <span class="unit">credits</span>
      </a>
    }
  `,
  styles: `
    .pill {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      block-size: 32px;
      padding-inline: 10px 12px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 999px;
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-label-large);
      text-decoration: none;
      white-space: nowrap;
    }
    .pill[data-tone='low'] {
      border-color: transparent;
      background: var(--tg-warning-bg);
      color: var(--tg-warning);
    }
    .pill[data-tone='none'] {
      border-color: transparent;
      background: var(--tg-danger-bg);
      color: var(--tg-danger);
    }
    @media (max-width: 599.98px) {
      .unit {
        display: none;
      }
    }
  `,
})
export class BalancePill {
  protected readonly scope = inject(ActiveScope);
  private readonly balance = inject(Balance);
  protected readonly shown = this.balance.view;
  protected readonly tone = this.balance.tone;
  /** Whole credits above a hundred: the pill is a glance, the page is exact. */
  protected readonly rounded = computed(() => {
    const available = this.shown()?.available ?? 0;
    return Math.abs(available) >= 100_000 ? Math.trunc(available / 1000) * 1000 : available;
  });
  protected readonly hint = computed(() => {
    const balance = this.shown();
    if (!balance) return '';
    const days = this.balance.daysLeft();
    const left = days === null ? '' : ` · about ${days} days at the present rate`;
    return `Balance ${formatCredits(balance.balance)}, held ${formatCredits(balance.held)}${left}`;
  });
}
