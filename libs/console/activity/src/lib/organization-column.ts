import { computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import { ActiveScope } from '@tollgate/console/platform';
import type { Column } from '@tollgate/console/ui';

/** The organization of each row, where a list spans all of them; no column inside one. */
export function withOrganization<Row extends { readonly organization_id: string | null }>(
  columns: readonly Column<Row>[],
): Signal<readonly Column<Row>[]> {
  const scope = inject(ActiveScope);
  return computed(() => {
    if (scope.organizationId() !== null) return columns;
    const [first, ...rest] = columns;
    const organization: Column<Row> = {
      id: 'organization',
      label: 'Organization',
      kind: 'id',
      value: (row) => row.organization_id,
    };
    return first === undefined ? [organization] : [first, organization, ...rest];
  });
}
