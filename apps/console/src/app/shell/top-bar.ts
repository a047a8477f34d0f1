import { Component, computed, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';
import { ActiveScope, Mode, Permissions } from '@tollgate/console/platform';
import { Icon } from '@tollgate/console/ui';
import { AccountMenu } from './account-menu';
import { BalancePill } from './balance-pill';
import { ScopeSwitcher } from './scope-switcher';

/** The bar on top: menu, mark, where one is, search, live or test, credits, help, oneself. */
@Component({
  selector: 'tg-top-bar',
  imports: [
    AccountMenu,
    BalancePill,
    Icon,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
    RouterLink,
    ScopeSwitcher,
  ],
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.css',
})
export class TopBar {
  readonly menuExpanded = input(false);
  readonly menu = output<void>();
  readonly palette = output<void>();
  readonly help = output<void>();
  protected readonly scope = inject(ActiveScope);
  protected readonly mode = inject(Mode);
  private readonly permissions = inject(Permissions);

  protected readonly showsMode = computed(
    () => this.scope.name() === 'organization' || this.scope.name() === 'platform',
  );
  protected readonly showsBalance = computed(
    () => this.scope.organization() !== null && this.permissions.can('credits:read'),
  );
  protected readonly shortcut = navigator.platform.startsWith('Mac') ? '⌘ K' : 'Ctrl K';
}
