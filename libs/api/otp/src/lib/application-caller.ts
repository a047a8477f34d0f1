import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';

/** An application that calls with a key of its own. Everything that writes verifications and factors needs one. */
export interface ApplicationCaller {
  readonly organizationId: string;
  readonly applicationId: string;
  /** The kind of key. Test and live never see each other's rows. */
  readonly test: boolean;
  readonly apiKeyId: string;
}

/** @throws permission_denied for people and for keys that belong to no application */
export function applicationCaller(principal: Principal): ApplicationCaller {
  const { organizationId, applicationId, test } = principal;
  if (principal.kind !== 'api_key' || applicationId === null || test === null) {
    throw new DomainError('permission_denied', { detail: 'This needs a key of an application' });
  }
  return { organizationId, applicationId, test, apiKeyId: principal.id };
}

/** The rows that a reader may see; null = no restriction in that dimension. */
export interface ReadScope {
  readonly organizationId: string | null;
  readonly applicationId: string | null;
  readonly test: boolean | null;
}

/** People see their organization, a key its application and its own kind. */
export function readScope(principal: Principal): ReadScope {
  const { organizationId } = scopeOf(principal);
  if (principal.kind !== 'api_key') return { organizationId, applicationId: null, test: null };
  return { organizationId, applicationId: principal.applicationId, test: principal.test };
}

export function inScope(
  scope: ReadScope,
  row: { readonly organizationId: string; readonly applicationId: string; readonly test: boolean },
): boolean {
  return (
    (scope.organizationId === null || scope.organizationId === row.organizationId) &&
    (scope.applicationId === null || scope.applicationId === row.applicationId) &&
    (scope.test === null || scope.test === row.test)
  );
}
