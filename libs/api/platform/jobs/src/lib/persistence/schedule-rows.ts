import { Database } from '@tollgate/api/database';
import { Injectable } from '@nestjs/common';

/** The table `job_schedule`: one row a schedule, whose holder alone runs it. */
@Injectable()
export class ScheduleRows {
  constructor(private readonly database: Database) {}

  /** When the schedule is next due, epoch ms, at the earliest: nobody may take it before its holder's lease ends. */
  async nextAt(type: string, now: number): Promise<number> {
    const read = () =>
      this.database.query<{ next_run_at: number; lease_until: number }>(
        'SELECT next_run_at, lease_until FROM job_schedule WHERE type = ?',
        [type],
      );
    const [row] = await read();
    if (row !== undefined) return Math.max(row.next_run_at, row.lease_until);
    try {
      await this.database.execute('INSERT INTO job_schedule (type, next_run_at, lease_until) VALUES (?, ?, 0)', [
        type,
        now,
      ]);
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
    }
    return now;
  }

  /** Takes a due schedule that nobody holds. Of several processes one gets true. */
  async take(type: string, holder: string, now: number, leaseUntil: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE job_schedule SET holder = ?, lease_until = ? WHERE type = ? AND next_run_at <= ? AND lease_until < ?',
      [holder, leaseUntil, type, now, now],
    );
    return affected === 1;
  }

  /** False when the lease had ended and somebody else has it. */
  async renew(type: string, holder: string, leaseUntil: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE job_schedule SET lease_until = ? WHERE type = ? AND holder = ?',
      [leaseUntil, type, holder],
    );
    return affected === 1;
  }

  /** The run is over: the next one is due then, and anybody may take it. */
  async release(type: string, holder: string, ranAt: number, nextAt: number, error: string | null): Promise<void> {
    await this.database.execute(
      'UPDATE job_schedule SET holder = NULL, lease_until = 0, next_run_at = ?, last_run_at = ?, error = ? WHERE type = ? AND holder = ?',
      [nextAt, ranAt, error, type, holder],
    );
  }
}
