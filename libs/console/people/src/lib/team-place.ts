import { Service, computed, inject } from '@angular/core';
import { listRoles } from '@tollgate/contracts';
import type { RoleView } from '@tollgate/contracts';
import { ActiveScope, Session, apiResource } from '@tollgate/console/platform';
import type { Option } from '@tollgate/console/ui';

/** Whose team a page is about: the organization of the address, or the staff when it spans the installation. */
@Service({ autoProvided: false })
export class TeamPlace {
  private readonly scope = inject(ActiveScope);
  private readonly session = inject(Session);
  readonly staff = computed(() => this.scope.organizationId() === null);
  readonly level = computed(() => (this.staff() ? ('platform' as const) : ('organization' as const)));
  /** What goes along with calls: staff belong to the built-in organization. */
  readonly organization = computed(() => (this.staff() ? this.session.view()?.organization.id : undefined));

  readonly roles = apiResource(listRoles, () => ({
    query: { level: this.level() },
    organization: this.organization(),
  }));
  readonly options = computed<readonly Option[]>(() =>
    (this.roles.value()?.data ?? [])
      .filter((role) => role.assignable)
      .map((role) => ({ value: role.key, label: role.name, hint: role.description })),
  );
  private readonly byKey = computed(() => new Map(this.roles.value()?.data.map((role) => [role.key, role])));

  nameOf(key: string): string {
    return this.byKey().get(key)?.name ?? wordsOf(key);
  }

  role(key: string): RoleView | undefined {
    return this.byKey().get(key);
  }
}

function wordsOf(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' ');
}
