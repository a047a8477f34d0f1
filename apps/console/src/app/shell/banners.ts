import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { ActiveScope, Network } from '@tollgate/console/platform';
import { Banner, formatCredits } from '@tollgate/console/ui';
import type { IconName, Tone } from '@tollgate/console/ui';
import { Announcement } from './announcement';
import { Balance } from './balance';

interface Said {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string;
  readonly retry?: boolean;
  readonly link?: { readonly to: string; readonly label: string };
}

/** What everybody in this place must know: the first that applies, at most one. */
@Component({
  selector: 'tg-banners',
  imports: [Banner, MatButton, RouterLink],
  template: `
    @if (said(); as said) {
      <tg-banner [tone]="said.tone" [icon]="said.icon">
        {{ said.text }}
        @if (said.retry) {
          <button tgBannerAct matButton type="button" (click)="network.look()">Try now</button>
        }
        @if (said.link; as link) {
          <a tgBannerAct matButton [routerLink]="link.to">{{ link.label }}</a>
        }
      </tg-banner>
    }
  `,
  styles: `
    tg-banner {
      margin-block-end: var(--tg-space-4);
      --mat-button-text-label-text-color: currentColor;
    }
  `,
})
export class Banners {
  protected readonly network = inject(Network);
  private readonly scope = inject(ActiveScope);
  private readonly balance = inject(Balance);
  private readonly announcement = inject(Announcement);

  protected readonly said = computed<Said | null>(() => {
    const organization = this.scope.organization();
    if (this.network.offline()) {
      return {
        tone: 'danger',
        icon: 'wifi_off',
        text: 'The server cannot be reached. What is shown may be old; what you type is kept, and can be sent when the connection is back.',
        retry: true,
      };
    }
    if (organization?.status === 'suspended') {
      return { tone: 'danger', icon: 'pause', text: `${organization.name} is suspended: all its keys refuse calls.` };
    }
    if (organization?.status === 'deletion_requested') {
      return { tone: 'danger', icon: 'delete', text: `Deletion of ${organization.name} was requested.` };
    }
    return this.credits() ?? this.announced();
  });

  private announced(): Said | null {
    const text = this.announcement.text();
    return text === null ? null : { tone: 'info', icon: 'info', text };
  }

  private credits(): Said | null {
    const tone = this.balance.tone();
    if (tone === 'calm') return null;
    const link = { to: `${this.scope.root()}/credits`, label: 'See credits' };
    if (tone === 'none') {
      const text = 'No credits are left: live verifications are refused until credits are added. Test keys go on.';
      return { tone: 'danger', icon: 'warning', text, link };
    }
    const days = this.balance.daysLeft();
    const left = formatCredits(this.balance.view()?.available ?? 0);
    const lasts = days === null ? '' : `, about ${days} days at the present rate`;
    return { tone: 'warning', icon: 'warning', text: `Credits are low: ${left} are left${lasts}.`, link };
  }
}
