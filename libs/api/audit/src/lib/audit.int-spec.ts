import { jest } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditModule, AuditTrail, AnchorAuditChains, SealAuditChains, VerifyAuditChain, verifyAudit } from '../index';
import { UnitOfWork } from '@tollgate/api/database';
import { newId, RequestContext, systemPrincipal, type Principal } from '@tollgate/api/kernel';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import type { AuditReport } from '@tollgate/contracts';
import { ReadAuditLog } from './read-audit-log';

// Databases are made and dropped while other suites share the machine.
jest.setTimeout(30_000);

const request = {
  requestId: 'req_1',
  addresses: { effective: '203.0.113.9', forwarded: '203.0.113.9, 10.0.0.1', remote: '10.0.0.1' },
  userAgent: 'curl/8\r\nx',
  clockShiftMs: 0,
};

const staffOf = (organizationId: string): Principal => ({
  ...systemPrincipal('spec', organizationId),
  kind: 'session',
  id: 'ses_1',
  userId: 'usr_1',
  label: 'ada@example.com',
});
const wholePlatform: Principal = { ...staffOf('org_0'), platformStaff: true, actingOrganizationId: null };

onBothEngines((engine) => {
  describe('the audit log', () => {
    let slice: Slice;
    beforeAll(async () => {
      slice = await bootSlice({ engine, modules: [AuditModule] });
    });
    afterAll(() => slice.close());

    const record = (organizationId: string, action = 'application.updated', more: object = {}): Promise<void> =>
      RequestContext.run({ ...request, principal: staffOf(organizationId) }, () =>
        slice.get(AuditTrail).record({ action, organizationId, target: { type: 'application', id: 'app_1' }, ...more }),
      );
    const seal = async (): Promise<void> => {
      while ((await slice.get(SealAuditChains).execute()) > 0);
      // The background sealer may hold the last ones in a transaction of its own.
      for (;;) {
        const [row] = await slice.database.query<{ n: number }>('SELECT COUNT(*) AS n FROM audit_pending');
        if (Number(row?.n) === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const chainOf = async (length: number): Promise<string> => {
      const organizationId = newId('org');
      for (let i = 0; i < length; i += 1) await record(organizationId, 'application.updated', { reason: `step ${i}` });
      await seal();
      return organizationId;
    };
    const verify = (organizationId: string): Promise<AuditReport> =>
      slice.get(VerifyAuditChain).execute({ organizationId });
    const faults = async (organizationId: string) => {
      const report = await verify(organizationId);
      expect(report.ok).toBe(report.chains[0]?.faults.length === 0);
      return report.chains[0]?.faults.map((fault) => [fault.kind, fault.seq]);
    };
    const eventAt = async (organizationId: string, seq: number): Promise<string> => {
      const sql = 'SELECT event_id AS id FROM audit_seal WHERE organization_id = ? AND seq = ?';
      const [row] = await slice.database.query<{ id: string }>(sql, [organizationId, seq]);
      if (row === undefined) throw new Error('there is no such seal');
      return row.id;
    };

    it('keeps who, what, from where and why, with each changed field', async () => {
      const organizationId = newId('org');
      await record(organizationId, 'api_key.revoked', {
        target: { type: 'api_key', id: 'key_9', label: 'Shop' },
        changes: [{ field: 'status', before: 'active', after: undefined }],
        reason: 'it leaked',
        outcome: 'success',
      });
      const { data, total_estimate: total } = await slice.get(ReadAuditLog).page({}, staffOf(organizationId));
      expect(total).toBe(1);
      expect(data[0]).toMatchObject({
        organization_id: organizationId,
        actor: { kind: 'session', id: 'usr_1', label: 'ada@example.com' },
        action: 'api_key.revoked',
        outcome: 'success',
        target: { type: 'api_key', id: 'key_9', label: 'Shop' },
        changes: [{ field: 'status', before: 'active', after: null }],
        reason: 'it leaked',
        request_id: 'req_1',
        addresses: request.addresses,
        user_agent: 'curl/8\r\nx',
      });
    });

    it('leaves no row of an act that was rolled back', async () => {
      const organizationId = newId('org');
      const act = slice.get(UnitOfWork).run(async () => {
        await record(organizationId);
        throw new Error('it failed');
      });
      await expect(act).rejects.toThrow('it failed');
      expect((await slice.get(ReadAuditLog).page({}, staffOf(organizationId))).data).toEqual([]);
    });

    it('shows rows of the own organization only, and an event of another as not found', async () => {
      const mine = await chainOf(1);
      const other = await chainOf(1);
      const id = await eventAt(other, 1);
      expect((await slice.get(ReadAuditLog).page({}, staffOf(mine))).data).toHaveLength(1);
      await expect(slice.get(ReadAuditLog).one(id, staffOf(mine))).rejects.toMatchObject({ code: 'not_found' });
      expect((await slice.get(ReadAuditLog).one(id, wholePlatform)).organization_id).toBe(other);
    });

    it('finds rows by actor, action, target, outcome, request, address, time and text', async () => {
      const organizationId = newId('org');
      await record(organizationId, 'organization.updated');
      slice.clock.advance(60_000);
      await record(organizationId, 'api_key.created', {
        outcome: 'denied',
        reason: '100% sure_thing',
        target: { type: 'api_key', id: 'key_7' },
      });
      const found = async (query: object): Promise<string[]> => {
        const { data } = await slice.get(ReadAuditLog).page({ sort: 'at', ...query }, staffOf(organizationId));
        return data.map((event) => event.action.split('.')[0] ?? '');
      };
      const now = new Date(slice.clock.recordedAt()).toISOString();
      expect(await found({})).toEqual(['organization', 'api_key']);
      expect(await found({ sort: '-at' })).toEqual(['api_key', 'organization']);
      expect(await found({ actor: 'usr_1' })).toHaveLength(2);
      expect(await found({ actor: 'ADA@' })).toHaveLength(2);
      expect(await found({ actor: 'bob' })).toEqual([]);
      expect(await found({ action: 'api_key' })).toEqual(['api_key']);
      expect(await found({ action: 'api_key.revoked' })).toEqual([]);
      expect(await found({ target_type: 'api_key', target_id: 'key_7' })).toEqual(['api_key']);
      expect(await found({ outcome: 'denied' })).toEqual(['api_key']);
      expect(await found({ request_id: 'req_1' })).toHaveLength(2);
      expect(await found({ ip: '10.0.0.1' })).toHaveLength(2);
      expect(await found({ ip: '10.0.0.2' })).toEqual([]);
      expect(await found({ from: now })).toEqual(['api_key']);
      expect(await found({ to: now })).toEqual(['organization']);
      expect(await found({ q: '100% SURE' })).toEqual(['api_key']);
      expect(await found({ q: '100_ sure' })).toEqual([]);
      expect(await found({ q: 'KEY.CREATED' })).toEqual(['api_key']);
      expect(await found({ q: 'größe …' })).toEqual([]);
      await expect(found({ from: now, to: now })).rejects.toMatchObject({ code: 'range_invalid' });
    });

    it('shows an event before it is sealed as not sealed, and then with its place', async () => {
      const organizationId = await chainOf(2);
      const { data } = await slice.get(ReadAuditLog).page({ sort: 'at' }, staffOf(organizationId));
      expect(data.map((event) => event.seal?.seq).sort()).toEqual([1, 2]);
      const first = data.find((event) => event.seal?.seq === 1)?.seal;
      const second = data.find((event) => event.seal?.seq === 2)?.seal;
      expect(first?.previous_hash).toBe('0'.repeat(64));
      expect(second?.previous_hash).toBe(first?.hash);
    });

    it('seals in the background without being asked', async () => {
      const organizationId = newId('org');
      await record(organizationId);
      let sealed = 0;
      while (sealed === 0) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        sealed = (await verify(organizationId)).chains[0]?.sealed ?? 0;
      }
      expect(sealed).toBe(1);
    });

    it('holds over many rows of several organizations', async () => {
      const organizations = [await chainOf(3), await chainOf(250)];
      for (const organizationId of organizations) expect(await faults(organizationId)).toEqual([]);
      expect((await verify(organizations[1] ?? '')).chains[0]).toMatchObject({ sealed: 250, unsealed: 0 });
    });

    it('names the row that was changed', async () => {
      const organizationId = await chainOf(5);
      await slice.database.execute('UPDATE audit_event SET reason = ? WHERE id = ?', [
        'x',
        await eventAt(organizationId, 3),
      ]);
      expect(await faults(organizationId)).toEqual([['changed', 3]]);
      const [report] = await verifyAudit(slice.database, { organizationId });
      expect(report?.faults[0]?.eventId).toBe(await eventAt(organizationId, 3));
    });

    it('names the row that was deleted, with its seal or without', async () => {
      const organizationId = await chainOf(5);
      await slice.database.execute('DELETE FROM audit_event WHERE id = ?', [await eventAt(organizationId, 2)]);
      expect(await faults(organizationId)).toEqual([['missing', 2]]);
      await slice.database.execute('DELETE FROM audit_seal WHERE organization_id = ? AND seq = 2', [organizationId]);
      expect(await faults(organizationId)).toEqual([['missing', 2]]);
    });

    it('names rows whose places were exchanged', async () => {
      const organizationId = await chainOf(4);
      const move = 'UPDATE audit_seal SET seq = ? WHERE organization_id = ? AND seq = ?';
      for (const [to, from] of [
        [99, 2],
        [2, 3],
        [3, 99],
      ] as const)
        await slice.database.execute(move, [to, organizationId, from]);
      expect((await faults(organizationId))?.slice(0, 2)).toEqual([
        ['reordered', 2],
        ['reordered', 3],
      ]);
    });

    it('names an event that was slipped in past the log, and one that was taken before it was sealed', async () => {
      const organizationId = await chainOf(2);
      const copy = newId('aud');
      await slice.database.execute(
        `INSERT INTO audit_event (id, organization_id, occurred_at, actor_kind, actor_id, actor_label, action, outcome,
          target_type, target_id, changes) VALUES (?, ?, 1, 'system', '', '', 'a.b', 'success', 't', 'i', '[]')`,
        [copy, organizationId],
      );
      expect(await faults(organizationId)).toEqual([['inserted', null]]);
      await slice.database.execute('DELETE FROM audit_event WHERE id = ?', [copy]);
      await slice.database.execute('INSERT INTO audit_pending (event_id, organization_id) VALUES (?, ?)', [
        copy,
        organizationId,
      ]);
      expect(await faults(organizationId)).toEqual([['missing', null]]);
      await slice.database.execute('DELETE FROM audit_pending WHERE event_id = ?', [copy]);
    });

    it('shows by its signed anchor that the tail was cut, even when the anchor was deleted too', async () => {
      const organizationId = await chainOf(5);
      expect(await slice.get(AnchorAuditChains).execute()).toBeGreaterThan(0);
      expect((await verify(organizationId)).chains[0]).toMatchObject({ ok: true, anchors: 1, last_anchor: { seq: 5 } });
      expect(await slice.get(AnchorAuditChains).execute()).toBe(0);
      const cut = 'DELETE FROM audit_seal WHERE organization_id = ? AND seq > 3';
      await slice.database.execute('DELETE FROM audit_event WHERE id = ?', [await eventAt(organizationId, 4)]);
      await slice.database.execute('DELETE FROM audit_event WHERE id = ?', [await eventAt(organizationId, 5)]);
      await slice.database.execute(cut, [organizationId]);
      expect(await faults(organizationId)).toEqual([['cut_tail', 4]]);
      await slice.database.execute('DELETE FROM audit_anchor WHERE organization_id = ?', [organizationId]);
      expect(await faults(organizationId)).toEqual([['cut_tail', 4]]);
      const all = await slice.get(VerifyAuditChain).execute({ organizationId: null });
      expect(all.ok).toBe(false);
      expect(all.chains.find((chain) => chain.organization_id === organizationId)?.ok).toBe(false);
    });

    it('shows by its anchor that a history was written anew with right hashes', async () => {
      const organizationId = await chainOf(3);
      await slice.get(AnchorAuditChains).execute();
      await slice.database.execute('UPDATE audit_event SET reason = ? WHERE id = ?', [
        'forged',
        await eventAt(organizationId, 3),
      ]);
      const events = await slice.database.query<{ id: string }>(
        'SELECT event_id AS id FROM audit_seal WHERE organization_id = ? ORDER BY seq',
        [organizationId],
      );
      await slice.database.execute('DELETE FROM audit_seal WHERE organization_id = ?', [organizationId]);
      for (const { id } of events) {
        await slice.database.execute('INSERT INTO audit_pending (event_id, organization_id) VALUES (?, ?)', [
          id,
          organizationId,
        ]);
      }
      await seal();
      expect(await faults(organizationId)).toEqual([['rewritten', 3]]);
    });

    it('does not believe an anchor that was not signed here', async () => {
      const organizationId = await chainOf(2);
      await slice.database.execute(
        'INSERT INTO audit_anchor (organization_id, seq, hash, anchored_at, signature) VALUES (?, 9, ?, 1, ?)',
        [organizationId, 'a'.repeat(64), 'b'.repeat(86)],
      );
      expect(await faults(organizationId)).toEqual([['anchor_invalid', 9]]);
    });

    it('reads an anchor file of which the last line is torn', async () => {
      const organizationId = await chainOf(1);
      await slice.get(AnchorAuditChains).execute();
      const path = join(slice.storage.dataDir, 'audit-anchors.jsonl');
      await writeFile(path, `${await readFile(path, 'utf8')}{"organization_id":"org_`);
      expect(await faults(organizationId)).toEqual([]);
      await record(organizationId);
      await seal();
      slice.clock.advance(1);
      await slice.get(AnchorAuditChains).execute();
      await slice.database.execute('DELETE FROM audit_anchor');
      expect((await verify(organizationId)).chains[0]).toMatchObject({ ok: true, anchors: 2 });
    });

    it('gives every event one place when several processes record and seal at once', async () => {
      const beside = await bootSlice({ engine, modules: [AuditModule], beside: slice });
      try {
        const organizationId = newId('org');
        const work = Array.from({ length: 60 }, (_, index) => index).map(async (index) => {
          const trail = (index % 2 === 0 ? slice : beside).get(AuditTrail);
          await trail.record({ action: 'a.b', organizationId, target: { type: 't', id: String(index) } });
          await (index % 3 === 0 ? slice : beside).get(SealAuditChains).execute();
        });
        await Promise.all(work);
        await seal();
        expect((await verify(organizationId)).chains[0]).toMatchObject({ ok: true, sealed: 60, unsealed: 0 });
      } finally {
        await beside.close();
      }
    });
  });
});
