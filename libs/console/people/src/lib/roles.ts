import { Component, computed, inject, signal } from '@angular/core';
import { PERMISSIONS } from '@tollgate/contracts';
import type { Permission, RoleView } from '@tollgate/contracts';
import { Icon, ListPage, Loaded, Region } from '@tollgate/console/ui';
import { TeamPlace } from './team-place';

interface Group {
  readonly resource: string;
  readonly permissions: readonly Permission[];
}

/** What each role may do: a line for each permission, a column for each role. */
@Component({
  selector: 'tg-roles-page',
  imports: [Icon, ListPage, Loaded, Region],
  providers: [TeamPlace],
  templateUrl: './roles.html',
  styleUrl: './roles.css',
})
export class RolesPage {
  protected readonly place = inject(TeamPlace);
  protected readonly words = PERMISSIONS;
  protected readonly text = signal('');

  protected readonly groups = computed<readonly Group[]>(() => {
    const roles = this.place.roles.value()?.data ?? [];
    const wanted = this.text().trim().toLowerCase();
    const held = new Set(roles.flatMap((role) => role.permissions));
    const found = (Object.keys(PERMISSIONS) as Permission[]).filter(
      (one) => held.has(one) && `${one} ${PERMISSIONS[one]}`.toLowerCase().includes(wanted),
    );
    const byResource = new Map<string, Permission[]>();
    for (const one of found) {
      const resource = one.split(':')[0] ?? one;
      byResource.set(resource, [...(byResource.get(resource) ?? []), one]);
    }
    return [...byResource].map(([resource, permissions]) => ({
      resource: resource.charAt(0).toUpperCase() + resource.slice(1).replaceAll('_', ' '),
      permissions,
    }));
  });
  protected readonly count = computed(() => this.groups().reduce((sum, group) => sum + group.permissions.length, 0));

  protected holds(role: RoleView, permission: Permission): boolean {
    return role.permissions.includes(permission);
  }
}
