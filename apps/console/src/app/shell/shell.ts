import { CdkTrapFocus } from '@angular/cdk/a11y';
import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { MatProgressBar } from '@angular/material/progress-bar';
import { NavigationEnd, NavigationStart, Router, RouterOutlet } from '@angular/router';
import { Preferences, Session } from '@tollgate/console/platform';
import { JobTray, ToastOutlet } from '@tollgate/console/ui';
import { ActiveScope } from '@tollgate/console/platform';
import { Banners } from './banners';
import { LostSession } from './lost-session';
import { Rail } from './rail';
import { TopBar } from './top-bar';

const PALETTE = 'k';

/** The frame around every page: top bar, navigation, banners, content, and what floats over it. */
@Component({
  selector: 'tg-shell',
  imports: [Banners, CdkTrapFocus, JobTray, LostSession, MatProgressBar, Rail, RouterOutlet, ToastOutlet, TopBar],
  host: {
    '(document:keydown)': 'onKey($event)',
    '[class.narrow]': 'preferences.rail() === "narrow"',
    '[attr.data-scope]': 'scope.name()',
  },
  templateUrl: './shell.html',
  styleUrl: './shell.css',
})
export class Shell {
  protected readonly preferences = inject(Preferences);
  protected readonly session = inject(Session);
  protected readonly scope = inject(ActiveScope);
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);
  protected readonly drawer = signal(false);
  protected readonly phone = signal(false);
  protected readonly drawerOpen = computed(() => this.drawer() && this.phone());
  protected readonly navigating = computed(() => this.router.currentNavigation() !== null);
  private path = '';

  constructor() {
    const small = window.matchMedia('(max-width: 839.98px)');
    const follow = () => this.phone.set(small.matches);
    follow();
    small.addEventListener('change', follow);
    const events = this.router.events.subscribe((event) => {
      if (event instanceof NavigationStart) this.drawer.set(false);
      if (event instanceof NavigationEnd) this.arrive(event.urlAfterRedirects);
    });
    inject(DestroyRef).onDestroy(() => {
      small.removeEventListener('change', follow);
      events.unsubscribe();
    });
  }

  protected toggleMenu(): void {
    if (this.phone()) this.drawer.update((open) => !open);
    else this.preferences.change({ rail: this.preferences.rail() === 'wide' ? 'narrow' : 'wide' });
  }

  protected async openPalette(): Promise<void> {
    if (this.dialog.openDialogs.length > 0) return;
    const { Palette } = await import('./palette');
    this.dialog.open(Palette, {
      width: '40rem',
      maxWidth: '94vw',
      position: { top: '10vh' },
      ariaLabel: 'Go to',
      autoFocus: 'input',
    });
  }

  protected async openHelp(): Promise<void> {
    if (this.dialog.openDialogs.length > 0) return;
    const { KeyboardHelp } = await import('./keyboard-help');
    this.dialog.open(KeyboardHelp, { width: '34rem', maxWidth: '94vw', autoFocus: 'first-heading' });
  }

  protected onKey(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === PALETTE) {
      event.preventDefault();
      void this.openPalette();
    } else if (event.key === '?' && !(event.target as Element).closest('input, textarea, select, [contenteditable]')) {
      event.preventDefault();
      void this.openHelp();
    }
  }

  protected skip(event: Event): void {
    event.preventDefault();
    document.querySelector<HTMLElement>('main')?.focus();
  }

  /** After another page came, the focus goes to its heading, so that a screen reader says where one is. */
  private arrive(url: string): void {
    const path = url.split(/[?#]/)[0] ?? '';
    const first = this.path === '';
    const moved = path !== this.path;
    this.path = path;
    if (first || !moved) return;
    let turns = 0;
    const look = () => {
      const heading = document.querySelector<HTMLElement>('main h1');
      // A page that is still loading has no heading yet; a dialog or sheet that opened meanwhile keeps the focus.
      if (heading && this.dialog.openDialogs.length === 0) heading.focus({ preventScroll: true });
      else if (turns++ < 20) setTimeout(look, 50);
    };
    setTimeout(look);
  }
}
