import { ENDPOINTS } from './catalogue';
import { BUILT_IN_ROLES, type Permission } from './permissions';

const { platform, organization } = BUILT_IN_ROLES;

/** The roles that may call an endpoint. */
function mayCall(id: string): string[] {
  const endpoint = ENDPOINTS.find((candidate) => candidate.id === id);
  const roles: [string, readonly Permission[]][] = [...Object.entries(platform), ...Object.entries(organization)];
  return roles.filter(([, held]) => held.includes(endpoint?.access as Permission)).map(([role]) => role);
}

describe('credits and limits', () => {
  it('let finance and super admins grant and adjust, and nobody of an organization', () => {
    for (const id of ['credits.grant', 'credits.adjust']) expect(mayCall(id)).toEqual(['super_admin', 'finance']);
  });

  it('show the balance to developers and the history only to those who answer for it', () => {
    expect(mayCall('credits.get')).toEqual([
      ...['super_admin', 'finance', 'auditor'],
      ...['owner', 'admin', 'developer', 'billing'],
    ]);
    expect(mayCall('credits.entries')).toEqual(['super_admin', 'finance', 'auditor', 'owner', 'admin', 'billing']);
  });

  it('let every role read prices, and super admins alone set them', () => {
    expect(mayCall('operation_prices.list')).toHaveLength(Object.keys({ ...platform, ...organization }).length);
    expect(mayCall('operation_prices.set')).toEqual(['super_admin']);
  });

  it('keep limits and fraud rules to staff of the platform, and refusals to those who can act on them', () => {
    for (const id of ['limits.get', 'fraud_rules.get', 'limits.preview', 'fraud_rules.preview']) {
      expect(mayCall(id)).toEqual(['super_admin', 'support', 'auditor']);
    }
    for (const id of ['limits.change', 'fraud_rules.change', 'guess_locks.release']) {
      expect(mayCall(id)).toEqual(['super_admin']);
    }
    expect(mayCall('refusals.get')).toEqual(['super_admin', 'support', 'auditor', 'owner', 'admin', 'developer']);
  });

  it('ask for a fresh sign-in and an idempotency key before credits move by hand', () => {
    const guarded = ENDPOINTS.filter(({ id }) => id === 'credits.grant' || id === 'credits.adjust');
    expect(guarded.map(({ stepUp, idempotency }) => [stepUp, idempotency])).toEqual([
      [true, 'required'],
      [true, 'required'],
    ]);
  });
});
