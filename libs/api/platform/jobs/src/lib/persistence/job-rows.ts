import { Database, UnitOfWork, type SqlValue } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import { Injectable } from '@nestjs/common';
import type { BacklogFigures } from '../job-queue';

/** A job in the hands of this process until its lease ends. */
export interface ClaimedJob {
  readonly id: string;
  readonly type: string;
  readonly payload: string;
  /** 1 for the first try. */
  readonly attempts: number;
  /** Proves that the claim is still ours: whoever takes the job over writes another. */
  readonly claim: string;
}

export interface WaitingJob {
  readonly id: string;
  readonly type: string;
  readonly payload: string;
  readonly waitingKey: string | null;
  readonly runAt: number;
  readonly createdAt: number;
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/**
 * The table `job`. States: waiting → running → done, or back to waiting after a failure, or dead. Every step is one
 * UPDATE guarded by the state or the claim, so of any number of processes exactly one makes it.
 */
@Injectable()
export class JobRows {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** False when a job with this key is waiting already. */
  async insert(job: WaitingJob): Promise<boolean> {
    try {
      await this.database.execute(
        `INSERT INTO job (id, type, payload, waiting_key, state, run_at, attempts, created_at) VALUES (?, ?, ?, ?, 'waiting', ?, 0, ?)`,
        [job.id, job.type, job.payload, job.waitingKey, job.runAt, job.createdAt],
      );
      return true;
    } catch (error) {
      if (job.waitingKey !== null && this.database.isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Ids of due jobs, oldest first. A plain read: an idle poll writes nothing. */
  async due(types: readonly string[], dueAt: number, limit: number): Promise<string[]> {
    if (types.length === 0) return [];
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM job WHERE state = 'waiting' AND run_at <= ? AND type IN (${marks(types)}) ORDER BY run_at, id LIMIT ${limit}`,
      [dueAt, ...types],
    );
    return rows.map((row) => row.id);
  }

  /** Takes those of the jobs that are still waiting. */
  async claim(ids: readonly string[], now: number, leaseUntil: number): Promise<ClaimedJob[]> {
    if (ids.length === 0) return [];
    const claim = newId('job');
    const { affected } = await this.unitOfWork.run(() =>
      this.database.execute(
        `UPDATE job SET state = 'running', claim = ?, lease_until = ?, attempts = attempts + 1, waiting_key = NULL WHERE id IN (${marks(ids)}) AND state = 'waiting' AND run_at <= ?`,
        [claim, leaseUntil, ...ids, now],
      ),
    );
    if (affected === 0) return [];
    const rows = await this.database.query<Omit<ClaimedJob, 'claim'>>(
      `SELECT id, type, payload, attempts FROM job WHERE id IN (${marks(ids)}) AND claim = ? ORDER BY run_at, id`,
      [...ids, claim],
    );
    return rows.map((row) => ({ ...row, claim }));
  }

  /** Jobs that ran. One whose claim was taken over meanwhile is left to its new owner. */
  async done(jobs: readonly ClaimedJob[], now: number): Promise<void> {
    await this.perClaim(jobs, `state = 'done', claim = NULL, lease_until = NULL, error = NULL, finished_at = ?`, [now]);
  }

  /** Gives running jobs more time. */
  async renew(jobs: readonly ClaimedJob[], leaseUntil: number): Promise<void> {
    await this.perClaim(jobs, 'lease_until = ?', [leaseUntil]);
  }

  private async perClaim(jobs: readonly ClaimedJob[], set: string, values: readonly SqlValue[]): Promise<void> {
    const byClaim = new Map<string, ClaimedJob[]>();
    for (const job of jobs) byClaim.set(job.claim, [...(byClaim.get(job.claim) ?? []), job]);
    if (byClaim.size === 0) return;
    await this.unitOfWork.run(async () => {
      for (const [claim, group] of byClaim) {
        await this.database.execute(`UPDATE job SET ${set} WHERE id IN (${marks(group)}) AND claim = ?`, [
          ...values,
          ...group.map((job) => job.id),
          claim,
        ]);
      }
    });
  }

  async retry(job: ClaimedJob, runAt: number, error: string): Promise<void> {
    await this.database.execute(
      `UPDATE job SET state = 'waiting', claim = NULL, lease_until = NULL, run_at = ?, error = ? WHERE id = ? AND claim = ?`,
      [runAt, error, job.id, job.claim],
    );
  }

  async bury(job: ClaimedJob, now: number, error: string): Promise<void> {
    await this.database.execute(
      `UPDATE job SET state = 'dead', claim = NULL, lease_until = NULL, finished_at = ?, error = ? WHERE id = ? AND claim = ?`,
      [now, error, job.id, job.claim],
    );
  }

  /** Frees jobs whose process went away: waiting again, or dead when they have had all their tries. */
  async reclaim(now: number, maxAttempts: number): Promise<number> {
    const expired = `state = 'running' AND lease_until < ?`;
    const [found] = await this.database.query(`SELECT id FROM job WHERE ${expired} LIMIT 1`, [now]);
    if (found === undefined) return 0;
    return this.unitOfWork.run(async () => {
      const lost = 'the process that ran it went away';
      await this.database.execute(
        `UPDATE job SET state = 'dead', claim = NULL, lease_until = NULL, finished_at = ?, error = ? WHERE ${expired} AND attempts >= ?`,
        [now, lost, now, maxAttempts],
      );
      const freed = await this.database.execute(
        `UPDATE job SET state = 'waiting', claim = NULL, lease_until = NULL, error = ? WHERE ${expired}`,
        [lost, now],
      );
      return freed.affected;
    });
  }

  /** Removes a batch of finished jobs that were due before these instants; returns how many. */
  async prune(doneBefore: number, deadBefore: number, limit: number): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM job WHERE (state = 'done' AND run_at < ?) OR (state = 'dead' AND run_at < ?) LIMIT ${limit}`,
      [doneBefore, deadBefore],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    const { affected } = await this.database.execute(
      `DELETE FROM job WHERE id IN (${marks(ids)}) AND state IN ('done', 'dead')`,
      ids,
    );
    return affected;
  }

  async backlog(now: number): Promise<BacklogFigures> {
    const rows = await this.database.query<{ state: string; jobs: number }>(
      `SELECT state, COUNT(*) AS jobs FROM job WHERE state IN ('waiting', 'running', 'dead') GROUP BY state`,
    );
    const [oldest] = await this.database.query<{ due_at: number | null }>(
      `SELECT MIN(run_at) AS due_at FROM job WHERE state = 'waiting' AND run_at <= ?`,
      [now],
    );
    const count = (state: string) => rows.find((row) => row.state === state)?.jobs ?? 0;
    return {
      waiting: count('waiting'),
      running: count('running'),
      dead: count('dead'),
      oldestDueAt: oldest?.due_at ?? null,
    };
  }
}
