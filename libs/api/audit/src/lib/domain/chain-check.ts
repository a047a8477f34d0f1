import type { AuditEventRow, AuditSealRow } from './audit-event';
import type { Anchor } from './anchor';
import { digestOf, GENESIS_HASH, linkHash } from './hash-chain';

/** What a verification finds wrong. */
export type ChainFaultKind =
  /** The row is not what was sealed. */
  | 'changed'
  /** Its seal stands, or its number is left out, and the row is gone. */
  | 'missing'
  /** Sealed rows stand in another order. */
  | 'reordered'
  /** An anchor tells of rows after the last one. */
  | 'cut_tail'
  /** The chain fits in itself, but not to an anchor signed earlier. */
  | 'rewritten'
  /** A row that the log itself did not write. */
  | 'inserted'
  /** An anchor whose signature does not hold. */
  | 'anchor_invalid';

export interface ChainFault {
  readonly kind: ChainFaultKind;
  readonly seq: number | null;
  readonly eventId: string | null;
  readonly detail: string;
}

/** A seal with the event that it names, or null when there is no such event. */
export interface ChainLink {
  readonly seal: AuditSealRow;
  readonly event: AuditEventRow | null;
}

interface Mismatch {
  readonly seal: AuditSealRow;
  readonly found: string;
}

const REORDER_SEARCH = 1_000;
/** Enough to see what happened; a log that was changed throughout is not listed row by row. */
const MOST_FAULTS = 1_000;

/**
 * Walks one chain, link by link in the order of `seq`. After a fault it goes on from what is stored, so that each
 * fault is named once instead of everything behind the first.
 */
export class ChainCheck {
  readonly faults: ChainFault[] = [];
  private readonly mismatches: Mismatch[] = [];
  private readonly anchors: ReadonlyMap<number, readonly Anchor[]>;
  private readonly highestAnchor: Anchor | null;
  private lastSeq = 0;
  private lastHash = GENESIS_HASH;
  private checked = 0;

  /** `anchors`: those whose signature holds. */
  constructor(anchors: readonly Anchor[]) {
    const bySeq = new Map<number, Anchor[]>();
    for (const anchor of anchors) bySeq.set(anchor.seq, [...(bySeq.get(anchor.seq) ?? []), anchor]);
    this.anchors = bySeq;
    this.highestAnchor = anchors.reduce<Anchor | null>(
      (highest, anchor) => (highest === null || anchor.seq > highest.seq ? anchor : highest),
      null,
    );
  }

  get length(): number {
    return this.checked;
  }

  get head(): { readonly seq: number; readonly hash: string } {
    return { seq: this.lastSeq, hash: this.lastHash };
  }

  next(link: ChainLink): void {
    const { seal, event } = link;
    const expected = this.lastSeq + 1;
    if (seal.seq > expected) {
      const what = seal.seq === expected + 1 ? `row ${expected} is` : `rows ${expected} to ${seal.seq - 1} are`;
      this.fault('missing', expected, null, `${what} gone`);
    }
    this.checkEvent(seal, event);
    this.checkLink(seal, seal.seq === expected);
    for (const anchor of this.anchors.get(seal.seq) ?? []) {
      if (anchor.hash !== seal.hash) {
        const when = new Date(anchor.anchoredAt).toISOString();
        this.fault(
          'rewritten',
          seal.seq,
          seal.eventId,
          `rows up to ${seal.seq} differ from the anchor signed at ${when}`,
        );
      }
    }
    this.lastSeq = seal.seq;
    this.lastHash = seal.hash;
    this.checked += 1;
  }

  /** Call it once, after the last link. */
  finish(): void {
    for (const { seal, found } of this.mismatches) {
      const place = this.mismatches.find((other) => other.seal.digest === found);
      if (place === undefined) {
        this.fault('changed', seal.seq, seal.eventId, `row ${seal.seq} is not what was sealed`);
      } else {
        const { seq } = place.seal;
        this.fault('reordered', seal.seq, seal.eventId, `the row at ${seal.seq} was number ${seq} when it was sealed`);
      }
    }
    const anchor = this.highestAnchor;
    if (anchor !== null && anchor.seq > this.lastSeq) {
      const when = new Date(anchor.anchoredAt).toISOString();
      this.fault('cut_tail', this.lastSeq + 1, null, `the anchor signed at ${when} tells of rows up to ${anchor.seq}`);
    }
    this.faults.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  }

  private checkEvent(seal: AuditSealRow, event: AuditEventRow | null): void {
    if (event === null) {
      this.fault('missing', seal.seq, seal.eventId, `row ${seal.seq} is gone; its seal stands`);
      return;
    }
    const found = digestOf(event);
    if (found !== seal.digest && this.mismatches.length < MOST_FAULTS) this.mismatches.push({ seal, found });
  }

  private checkLink(seal: AuditSealRow, follows: boolean): void {
    const holds = linkHash(seal.previousHash, seal.seq, seal.digest) === seal.hash;
    if (holds && (!follows || seal.previousHash === this.lastHash)) return;
    const from = this.faults.length < MOST_FAULTS ? this.originalSeq(seal) : null;
    if (from !== null && from !== seal.seq) {
      this.fault('reordered', seal.seq, seal.eventId, `this row was number ${from} when it was sealed`);
    } else if (holds) {
      this.fault('reordered', seal.seq, seal.eventId, `row ${seal.seq} does not follow the row before it`);
    } else {
      this.fault('changed', seal.seq, seal.eventId, `the seal of row ${seal.seq} was changed`);
    }
  }

  /** The number under which the seal's own hash was made; null when there is none near. */
  private originalSeq(seal: AuditSealRow): number | null {
    for (let distance = 0; distance <= REORDER_SEARCH; distance += 1) {
      for (const seq of distance === 0 ? [seal.seq] : [seal.seq - distance, seal.seq + distance]) {
        if (seq > 0 && linkHash(seal.previousHash, seq, seal.digest) === seal.hash) return seq;
      }
    }
    return null;
  }

  private fault(kind: ChainFaultKind, seq: number | null, eventId: string | null, detail: string): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ kind, seq, eventId, detail });
  }
}
