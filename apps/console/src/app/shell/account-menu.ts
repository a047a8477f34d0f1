import { Component, computed, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { Preferences, Session } from '@tollgate/console/platform';
import { Icon } from '@tollgate/console/ui';
import type { Theme } from '@tollgate/console/platform';
import type { IconName } from '@tollgate/console/ui';

/** Oneself: name, roles, organization, theme, density, signing out. */
@Component({
  selector: 'tg-account-menu',
  imports: [Icon, MatDivider, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  template: `
    <button matIconButton type="button" [attr.aria-label]="'Account of ' + name()" [matMenuTriggerFor]="menu">
      <span class="avatar" [attr.data-initials]="initials()"></span>
    </button>
    <mat-menu #menu="matMenu" class="tg-account">
      <div class="who" role="presentation">
        <strong>{{ name() }}</strong>
        <span>{{ session.user()?.email }}</span>
        <span>{{ roles() }} · {{ session.view()?.organization?.name }}</span>
      </div>
      <mat-divider />
      <a mat-menu-item routerLink="/me"><tg-icon matMenuItemIcon name="person" />Profile and security</a>
      <button mat-menu-item type="button" [matMenuTriggerFor]="themes">
        <tg-icon matMenuItemIcon name="contrast" />Theme
      </button>
      <button
        mat-menu-item
        type="button"
        role="menuitemcheckbox"
        [attr.aria-checked]="preferences.density() === 'compact'"
        (click)="$event.stopPropagation(); toggleDensity()"
      >
        <tg-icon matMenuItemIcon [name]="preferences.density() === 'compact' ? 'check' : 'density_small'" />Compact rows
      </button>
      <mat-divider />
      <button mat-menu-item type="button" (click)="session.end()">
        <tg-icon matMenuItemIcon name="logout" />Sign out
      </button>
    </mat-menu>
    <mat-menu #themes="matMenu">
      @for (theme of choices; track theme.value) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [attr.aria-checked]="preferences.theme() === theme.value"
          (click)="preferences.change({ theme: theme.value })"
        >
          <tg-icon matMenuItemIcon [name]="preferences.theme() === theme.value ? 'check' : theme.icon" />{{
            theme.label
          }}
        </button>
      }
    </mat-menu>
  `,
  styles: `
    .avatar {
      display: grid;
      place-items: center;
      inline-size: 32px;
      block-size: 32px;
      margin: -4px;
      border-radius: 50%;
      background: var(--mat-sys-primary);
      color: var(--mat-sys-on-primary);
      font: var(--mat-sys-label-medium);
      font-weight: 650;
    }
    .avatar::before {
      content: attr(data-initials);
    }
    .who {
      display: grid;
      gap: 2px;
      padding: var(--tg-space-2) var(--tg-space-4) var(--tg-space-3);
      min-inline-size: 15rem;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
    .who strong {
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-title-small);
    }
  `,
})
export class AccountMenu {
  protected readonly session = inject(Session);
  protected readonly preferences = inject(Preferences);
  protected readonly name = computed(() => this.session.user()?.name || this.session.user()?.email || '');
  protected readonly roles = computed(() => {
    const words = this.session.roles().join(', ').replaceAll('_', ' ');
    return words.charAt(0).toUpperCase() + words.slice(1);
  });
  protected readonly initials = computed(() =>
    this.name()
      .split(/[\s.@_-]+/)
      .filter(Boolean)
      .slice(0, 2)
      .map((word) => word.charAt(0).toUpperCase())
      .join(''),
  );
  protected readonly choices: readonly { value: Theme; label: string; icon: IconName }[] = [
    { value: 'system', label: 'As the system', icon: 'monitor' },
    { value: 'light', label: 'Light', icon: 'light_mode' },
    { value: 'dark', label: 'Dark', icon: 'dark_mode' },
  ];

  protected toggleDensity(): void {
    this.preferences.change({ density: this.preferences.density() === 'compact' ? 'comfortable' : 'compact' });
  }
}
