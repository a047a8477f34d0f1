import { computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import type { Column } from '@tollgate/console/ui';
import type { listOrganizations } from '@tollgate/contracts';
import { Permissions } from '../session/permissions';
import { ActiveScope } from '../session/scope';
import { apiResource } from './api-resource';
import { route } from './endpoint-ref';

/** What the API gives in one page at most; organizations beyond it are shown by their ids. */
const MOST_NAMES = 200;

/**
 * The columns of a list, with the organization of each row as the second one where the list spans all of them; no such
 * column inside one organization. Call it in an injection context.
 *
 *     protected readonly columns = withOrganization<ApplicationView>([...]);
 */
export function withOrganization<Row extends { readonly organization_id: string | null }>(
  columns: readonly Column<Row>[],
): Signal<readonly Column<Row>[]> {
  const scope = inject(ActiveScope);
  const permissions = inject(Permissions);
  const organizations = apiResource(route<typeof listOrganizations>('GET', '/v1/organizations'), () =>
    scope.organizationId() === null && permissions.can('organizations:read')
      ? { query: { limit: MOST_NAMES, sort: 'name' as const } }
      : undefined,
  );
  const names = computed(() => new Map(organizations.value()?.data.map(({ id, name }) => [id, name])));
  return computed(() => {
    if (scope.organizationId() !== null) return columns;
    const [first, ...rest] = columns;
    const known = names();
    const organization: Column<Row> = {
      id: 'organization',
      label: 'Organization',
      value: (row) => row.organization_id && (known.get(row.organization_id) ?? row.organization_id),
    };
    return first === undefined ? [organization] : [first, organization, ...rest];
  });
}
