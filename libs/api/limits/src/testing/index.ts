import { newId, type Principal } from '@tollgate/api/kernel';
import type { ApplicationFacts } from '@tollgate/api/applications';
import type { StartAttempt } from '../lib/start-gate';

let numbers = 0;

/** A number that nobody had before, in a block of its own. */
export function aNumber(): { destinationHash: string; prefix: string } {
  numbers += 1;
  return { destinationHash: numbers.toString(16).padStart(64, '0'), prefix: `+2782${String(1_000 + numbers)}` };
}

/** A live SMS start of an application to a number of its own, unless told. */
export function anAttempt(
  application: Pick<ApplicationFacts, 'id' | 'organizationId'>,
  over: Partial<StartAttempt> = {},
): StartAttempt {
  return {
    organizationId: application.organizationId,
    applicationId: application.id,
    test: false,
    channel: 'sms',
    purpose: 'sign_in',
    ...aNumber(),
    country: 'ZA',
    clientIp: null,
    userRef: null,
    userAgent: null,
    cost: 6_000,
    kind: 'start',
    ...over,
  };
}

/** Somebody with a console session; staff of the platform unless told. */
export function somebody(over: Partial<Principal> = {}): Principal {
  const organizationId = over.organizationId ?? newId('org');
  return {
    kind: 'session',
    id: newId('ses'),
    label: 'admin@tollgate.test',
    organizationId,
    actingOrganizationId: null,
    applicationId: null,
    userId: newId('usr'),
    test: null,
    platformStaff: true,
    roles: [],
    permissions: new Set(),
    assurance: { level: 2, authenticatedAt: 0 },
    ...over,
  };
}
