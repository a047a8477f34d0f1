import { APPLICATION_STATUSES, KEY_SCOPES, PERMISSIONS } from '@tollgate/contracts';
import type { Option } from '@tollgate/console/ui';

export const APPLICATION_STATUS_OPTIONS: readonly Option[] = APPLICATION_STATUSES.map((value) => ({
  value,
  label: value === 'active' ? 'Active' : 'Disabled',
}));

export const ADDRESS_MODE_OPTIONS: readonly Option[] = [
  {
    value: 'listed',
    label: 'Only listed addresses',
    hint: 'Live keys answer to the addresses below and to nobody else. A stolen key is useless elsewhere.',
  },
  {
    value: 'any',
    label: 'Any address',
    hint: 'Live keys answer to the whole internet. For servers whose address changes.',
  },
];

export const FRAUD_GUARD_OPTIONS: readonly Option[] = [
  { value: 'enforce', label: 'Enforce', hint: 'Suspicious starts are refused before anything is sent' },
  { value: 'record', label: 'Record only', hint: 'Decisions are made and kept, and everything passes' },
  { value: 'off', label: 'Off', hint: 'Nothing is looked at. Rate limits still hold' },
];

export const KEY_SCOPE_OPTIONS: readonly Option[] = KEY_SCOPES.map((value) => ({
  value,
  label: value,
  hint: PERMISSIONS[value],
}));
