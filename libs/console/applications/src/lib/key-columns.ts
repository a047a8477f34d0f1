import type { KeyView } from '@tollgate/contracts';
import type { Column, Filter } from '@tollgate/console/ui';

export const KEY_FILTERS: readonly Filter[] = [
  {
    id: 'kind',
    label: 'Kind',
    kind: 'choice',
    options: [
      { value: 'live', label: 'Live' },
      { value: 'test', label: 'Test' },
    ],
  },
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: [
      { value: 'active', label: 'Active' },
      { value: 'retiring', label: 'Retiring' },
      { value: 'expired', label: 'Expired' },
      { value: 'revoked', label: 'Revoked' },
    ],
  },
];

const NAME: Column<KeyView> = { id: 'name', label: 'Name', value: (row) => row.name, sort: 'name' };
const REST: readonly Column<KeyView>[] = [
  { id: 'kind', label: 'Kind', kind: 'status', value: (row) => row.kind },
  { id: 'hint', label: 'Key', kind: 'code', value: (row) => row.hint },
  { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
  { id: 'scopes', label: 'Scopes', value: scopesOf, wideOnly: true },
  { id: 'used', label: 'Last used', kind: 'relative', value: (row) => row.last_used_at },
  { id: 'used_from', label: 'From', kind: 'code', value: (row) => row.last_used_address, hidden: true },
  { id: 'expires', label: 'Expires', kind: 'relative', value: (row) => row.expires_at },
  { id: 'created_at', label: 'Created', kind: 'relative', value: (row) => row.created_at, sort: 'created_at' },
  { id: 'by', label: 'Created by', value: (row) => row.created_by, hidden: true },
  { id: 'id', label: 'Id', kind: 'id', value: (row) => row.id, hidden: true },
];

/** The columns of keys; over several applications with the application of each. */
export function keyColumns(overApplications: boolean): readonly Column<KeyView>[] {
  const application: Column<KeyView> = {
    id: 'application',
    label: 'Application',
    value: (row) => row.application_name,
  };
  return overApplications ? [NAME, application, ...REST] : [NAME, ...REST];
}

function scopesOf({ scopes }: KeyView): string {
  return scopes.length === 1 ? (scopes[0] ?? '') : `${scopes.length} scopes`;
}
