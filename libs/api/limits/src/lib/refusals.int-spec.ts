import { randomUUID } from 'node:crypto';
import type { ApplicationFacts } from '@tollgate/api/applications';
import { anApplication } from '@tollgate/api/applications/testing';
import { CreditLedger } from '@tollgate/api/credits';
import { chargeLine, fund } from '@tollgate/api/credits/testing';
import { UnitOfWork } from '@tollgate/api/database';
import { HttpModule } from '@tollgate/api/http';
import { RequestContext } from '@tollgate/api/kernel';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { anAttempt, somebody } from '../testing';
import { LimitsModule } from './limits.module';
import { ReadRefusals } from './read-refusals';
import { StartGate, type StartAttempt } from './start-gate';

onBothEngines((engine) => {
  let slice: Slice;
  let gate: StartGate;
  let application: ApplicationFacts;

  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [HttpModule, LimitsModule] });
    gate = slice.get(StartGate);
  }, 60_000);
  afterAll(() => slice.close());
  beforeEach(async () => {
    application = await anApplication(slice);
  });

  const refusalOf = async (attempt: StartAttempt) => {
    const error: unknown = await gate.admit(attempt).catch((thrown: unknown) => thrown);
    return error as { code: string; details: { retryAfter?: number; param?: string; extra: Record<string, unknown> } };
  };
  const admittedOf = async (attempts: readonly StartAttempt[]): Promise<number> => {
    const results = await Promise.allSettled(attempts.map((attempt) => gate.admit(attempt)));
    return results.filter((result) => result.status === 'fulfilled').length;
  };
  const inRequest = <T>(requestId: string, fn: () => Promise<T>): Promise<T> => {
    const addresses = { effective: '192.0.2.1', forwarded: null, remote: '192.0.2.1' };
    return RequestContext.run({ requestId, addresses, userAgent: null, principal: null, clockShiftMs: 0 }, fn);
  };

  describe('settings of the application', () => {
    it('refuse a country that is not among the allowed ones', async () => {
      const strict = await anApplication(slice, { settings: { allowed_countries: ['ZA'] } });
      expect(await refusalOf(anAttempt(strict, { country: 'TM' }))).toMatchObject({
        code: 'country_not_allowed',
        details: { param: 'to', extra: { country: 'TM' } },
      });
      expect(await admittedOf([anAttempt(strict), anAttempt(strict, { channel: 'email', country: null })])).toBe(2);
    });

    it('refuse to spend more than the cap of the application or of the organization in a day', async () => {
      const organization = await anOrganization(slice, { settings: { daily_spend_cap: 25_000 } });
      const capped = await anApplication(slice, { organization, settings: { daily_spend_cap: 13_000 } });
      const sibling = await anApplication(slice, { organization });
      await fund(slice, organization.id, 1_000_000);
      const spend = (applicationId: string, price: number) =>
        slice
          .get(UnitOfWork)
          .run(() =>
            slice
              .get(CreditLedger)
              .charge({ organizationId: organization.id, applicationId, lines: [chargeLine(price)], hold: 0 }),
          );
      await gate.admit(anAttempt(capped));
      await spend(capped.id, 8_000);
      const { code, details } = await refusalOf(anAttempt(capped));
      expect(code).toBe('spend_cap_reached');
      expect(details.extra).toEqual({ cap_of: 'application', cap: 13_000, spent: 8_000, required: 6_000 });
      expect(details.retryAfter).toBeLessThanOrEqual(86_400);
      expect(await admittedOf([anAttempt(sibling), anAttempt(capped, { test: true })])).toBe(2);
      await spend(sibling.id, 12_000);
      expect((await refusalOf(anAttempt(sibling))).details.extra).toMatchObject({
        cap_of: 'organization',
        spent: 20_000,
      });
      slice.clock.advance(86_400_000);
      expect(await admittedOf([anAttempt(capped), anAttempt(sibling)])).toBe(2);
    });
  });

  describe('refusals', () => {
    it('are kept by request id with what was counted, masked, and only for their own organization', async () => {
      const requestId = `req_${randomUUID()}`;
      const attempt = anAttempt(application, { prefix: '+27821234', clientIp: '192.0.2.77' });
      for (let i = 0; i < 5; i += 1) await gate.admit(attempt);
      await inRequest(requestId, () => refusalOf(attempt));
      const reading = slice.get(ReadRefusals);
      const owner = somebody({ platformStaff: false, actingOrganizationId: application.organizationId });
      expect(await reading.ofRequest(owner, requestId)).toMatchObject({
        request_id: requestId,
        organization_id: application.organizationId,
        application_id: application.id,
        outcome: 'refused',
        code: 'quota_exceeded',
        policy: 'destination_short',
        reasons: [{ rule: 'destination_short', allowed: 5, observed: 5 }],
        destination: '+2782***',
        country: 'ZA',
        client_ip: '192.0.2.77',
        retry_after: 600,
        test: false,
      });
      expect(await reading.ofRequest(somebody(), requestId)).toMatchObject({ code: 'quota_exceeded' });
      const stranger = somebody({
        platformStaff: false,
        actingOrganizationId: (await anApplication(slice)).organizationId,
      });
      await expect(reading.ofRequest(stranger, requestId)).rejects.toMatchObject({ code: 'not_found' });
    });

    it('are listed with filters, newest first', async () => {
      const strict = await anApplication(slice, { settings: { allowed_countries: ['ZA'] } });
      const owner = somebody({ platformStaff: false, actingOrganizationId: strict.organizationId });
      for (const country of ['TM', 'UZ', 'TM']) {
        await refusalOf(anAttempt(strict, { country }));
        slice.clock.advance(1_000);
      }
      const countries = async (query: object) =>
        (await slice.get(ReadRefusals).page(owner, query)).data.map((refusal) => refusal.country);
      expect(await countries({})).toEqual(['TM', 'UZ', 'TM']);
      expect(await countries({ country: 'UZ', code: 'country_not_allowed' })).toEqual(['UZ']);
      expect(await countries({ outcome: 'blocked' })).toEqual([]);
      expect(await countries({ test: 'true' })).toEqual([]);
      expect(await countries({ limit: 1 })).toEqual(['TM']);
    });

    it('know nothing of the person: neither number, mailbox nor the name that the application gave', async () => {
      const attempt = anAttempt(application, { userRef: 'somebody@private.example' });
      for (let i = 0; i < 6; i += 1) await refusalOf(attempt);
      const rows = await slice.database.query<Record<string, unknown>>(
        'SELECT * FROM refusal WHERE application_id = ?',
        [application.id],
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain('somebody@private.example');
    });
  });
});
