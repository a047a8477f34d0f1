import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { Component, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { ActiveScope, Session } from '@tollgate/console/platform';
import type { ScopeOrganization } from '@tollgate/console/platform';
import { Icon } from '@tollgate/console/ui';
import { OrganizationFinder } from '../organization-finder';
import { Places } from '../places';

const PAUSE_MS = 200;
const RECENT = 'tollgate.recent-organizations';
const KEPT = 5;

/** Where one is, and the way to elsewhere: scopes, recent organizations, and any other by server search. */
@Component({
  selector: 'tg-scope-switcher',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, Icon],
  templateUrl: './scope-switcher.html',
  styleUrl: './scope-switcher.css',
})
export class ScopeSwitcher {
  protected readonly scope = inject(ActiveScope);
  protected readonly places = inject(Places);
  private readonly session = inject(Session);
  private readonly finder = inject(OrganizationFinder);
  private readonly router = inject(Router);
  protected readonly open = signal(false);
  protected readonly found = signal<readonly ScopeOrganization[]>([]);
  protected readonly text = signal('');
  protected readonly failed = signal(false);
  private turns = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected readonly here = computed(() => {
    const names = { me: 'You', finance: 'Finance', platform: 'Platform', organization: '' };
    return this.scope.organization()?.name ?? names[this.scope.name()];
  });
  protected readonly searches = computed(() => this.session.view()?.can_select_organization ?? false);

  protected toggle(): void {
    this.open.update((open) => !open);
    if (this.open() && this.searches()) this.look('', 0);
  }

  protected look(text: string, pause = PAUSE_MS): void {
    this.text.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.search(text), pause);
  }

  protected go(link: string): void {
    this.open.set(false);
    void this.router.navigateByUrl(link);
  }

  protected enter(organization: ScopeOrganization): void {
    const rest = readRecent().filter((one) => one.slug !== organization.slug);
    try {
      localStorage.setItem(RECENT, JSON.stringify([organization, ...rest].slice(0, KEPT)));
    } catch {
      // Recents are a convenience.
    }
    this.go(`/o/${organization.slug}`);
  }

  private async search(text: string): Promise<void> {
    const turn = ++this.turns;
    this.failed.set(false);
    const found = await this.finder.search(text).catch(() => {
      this.failed.set(true);
      return [];
    });
    if (turn !== this.turns) return;
    const recent = text ? [] : readRecent();
    const slugs = new Set(recent.map((one) => one.slug));
    this.found.set([...recent, ...found.filter((one) => !slugs.has(one.slug))]);
  }
}

function readRecent(): ScopeOrganization[] {
  try {
    return JSON.parse(localStorage.getItem(RECENT) ?? '[]') as ScopeOrganization[];
  } catch {
    return [];
  }
}
