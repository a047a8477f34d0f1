import { anchorHolds, anchorKeys, anchorLine, parseAnchorLine, signAnchor } from './anchor';
import type { AuditEventRow } from './audit-event';
import { ChainCheck, type ChainLink } from './chain-check';
import { canonicalRow, GENESIS_HASH, sealRows } from './hash-chain';

const event = (n: number): AuditEventRow => ({
  id: `aud_${String(n).padStart(26, '0')}`,
  organizationId: 'org_00000000000000000000000001',
  occurredAt: 1_000 + n,
  actorKind: 'session',
  actorId: 'ses_1',
  actorLabel: 'ada@example.com',
  action: 'application.updated',
  outcome: 'success',
  targetType: 'application',
  targetId: `app_${n}`,
  targetLabel: null,
  changes: '[]',
  reason: null,
  requestId: `req_${n}`,
  addressEffective: '203.0.113.9',
  addressForwarded: null,
  addressRemote: '203.0.113.9',
  userAgent: 'curl',
});

function chain(length: number): ChainLink[] {
  const rows = Array.from({ length }, (_, index) => event(index + 1));
  const seals = sealRows({ seq: 0, hash: GENESIS_HASH }, rows, 9_000);
  return rows.map((row, index) => {
    const seal = seals[index];
    if (seal === undefined) throw new Error('every row is sealed');
    return { event: row, seal };
  });
}

function at(links: readonly ChainLink[], index: number): ChainLink {
  const link = links[index];
  if (link === undefined) throw new Error(`no link ${index}`);
  return link;
}

function check(links: readonly ChainLink[], anchors: ConstructorParameters<typeof ChainCheck>[0] = []) {
  const run = new ChainCheck(anchors);
  for (const link of links) run.next(link);
  run.finish();
  return run.faults.map((fault) => [fault.kind, fault.seq, fault.eventId]);
}

describe('a hash chain of audit rows', () => {
  it('holds when nothing was touched, whatever its length', () => {
    for (const length of [0, 1, 2, 50]) expect(check(chain(length))).toEqual([]);
  });

  it('continues over several sealings as if they were one', () => {
    const rows = [1, 2, 3, 4].map(event);
    const whole = sealRows({ seq: 0, hash: GENESIS_HASH }, rows, 9_000);
    const first = sealRows({ seq: 0, hash: GENESIS_HASH }, rows.slice(0, 2), 9_000);
    const second = sealRows({ seq: 2, hash: first[1]?.hash ?? '' }, rows.slice(2), 9_000);
    expect([...first, ...second]).toEqual(whole);
  });

  it('names the row of which any one field was changed', () => {
    for (const field of Object.keys(event(1)) as (keyof AuditEventRow)[]) {
      if (field === 'id') continue;
      const links = chain(5);
      const link = at(links, 2);
      links[2] = { ...link, event: { ...event(3), [field]: 'forged' } };
      expect(check(links)).toEqual([['changed', 3, link.seal.eventId]]);
    }
  });

  it('tells apart rows that differ only in where a text begins', () => {
    const one = canonicalRow({ ...event(1), targetType: 'ab', targetId: 'c' });
    expect(one).not.toBe(canonicalRow({ ...event(1), targetType: 'a', targetId: 'bc' }));
    expect(canonicalRow({ ...event(1), reason: '' })).not.toBe(canonicalRow({ ...event(1), reason: null }));
  });

  it('names a row that is gone while its seal stands', () => {
    const links = chain(5);
    links[3] = { ...at(links, 3), event: null };
    expect(check(links)).toEqual([['missing', 4, at(links, 3).seal.eventId]]);
  });

  it('names the number that is gone together with its seal', () => {
    const links = chain(5);
    links.splice(1, 1);
    expect(check(links)).toEqual([['missing', 2, null]]);
  });

  it('names rows that were given a new number to close a gap', () => {
    const links = chain(4);
    links.splice(1, 1);
    const renumbered = links.map((link, index) => ({ ...link, seal: { ...link.seal, seq: index + 1 } }));
    expect(check(renumbered)).toEqual([
      ['reordered', 2, at(links, 1).seal.eventId],
      ['reordered', 3, at(links, 2).seal.eventId],
    ]);
  });

  it('names two rows whose places were exchanged, with their seals or without', () => {
    const links = chain(4);
    const [b, c] = [at(links, 1), at(links, 2)];
    const withSeals = [
      at(links, 0),
      { ...c, seal: { ...c.seal, seq: 2 } },
      { ...b, seal: { ...b.seal, seq: 3 } },
      at(links, 3),
    ];
    expect(check(withSeals).map(([kind, seq]) => [kind, seq])).toEqual([
      ['reordered', 2],
      ['reordered', 3],
      ['reordered', 4],
    ]);
    const withoutSeals = [
      at(links, 0),
      { event: c.event, seal: b.seal },
      { event: b.event, seal: c.seal },
      at(links, 3),
    ];
    expect(check(withoutSeals).map(([kind, seq]) => [kind, seq])).toEqual([
      ['reordered', 2],
      ['reordered', 3],
    ]);
  });

  it('names a seal that was changed, and only that one', () => {
    const links = chain(4);
    const link = at(links, 1);
    links[1] = { ...link, seal: { ...link.seal, previousHash: 'f'.repeat(64) } };
    expect(check(links)).toEqual([['changed', 2, link.seal.eventId]]);
  });

  it('shows a tail that was cut, and a history that was written anew, by an anchor signed before', () => {
    const { privateKey } = anchorKeys(Buffer.alloc(32, 7));
    const links = chain(5);
    const head = at(links, 4).seal;
    const anchor = signAnchor(
      { organizationId: head.organizationId, seq: 5, hash: head.hash, anchoredAt: 10_000 },
      privateKey,
    );
    expect(check(links, [anchor])).toEqual([]);
    expect(check(links.slice(0, 3), [anchor])).toEqual([['cut_tail', 4, null]]);
    expect(check([], [anchor])).toEqual([['cut_tail', 1, null]]);
    const forged = sealRows({ seq: 0, hash: GENESIS_HASH }, [1, 2, 3, 4].map(event).concat(event(9)), 9_000);
    const rewritten = forged.map((seal, index) => ({ seal, event: index === 4 ? event(9) : event(index + 1) }));
    expect(check(rewritten, [anchor])).toEqual([['rewritten', 5, forged[4]?.eventId]]);
  });
});

describe('an anchor', () => {
  const { privateKey, publicKey } = anchorKeys(Buffer.alloc(32, 7));
  const anchor = signAnchor({ organizationId: 'org_1', seq: 5, hash: 'ab', anchoredAt: 10_000 }, privateKey);

  it('holds as it was signed and with nothing changed', () => {
    expect(anchorHolds(anchor, publicKey)).toBe(true);
    for (const change of [
      { seq: 4 },
      { hash: 'ac' },
      { anchoredAt: 1 },
      { organizationId: 'org_2' },
      { signature: '' },
    ]) {
      expect(anchorHolds({ ...anchor, ...change }, publicKey)).toBe(false);
    }
    expect(anchorHolds(anchor, anchorKeys(Buffer.alloc(32, 8)).publicKey)).toBe(false);
  });

  it('survives its line in the anchor file, and a torn line is no anchor', () => {
    const line = anchorLine(anchor);
    expect(parseAnchorLine(line)).toEqual(anchor);
    expect(parseAnchorLine(line.slice(0, 40))).toBeNull();
    expect(parseAnchorLine('')).toBeNull();
    expect(parseAnchorLine('null')).toBeNull();
    expect(parseAnchorLine('{"seq":"5"}')).toBeNull();
  });
});
