import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import type { RawCohort } from '@tollgate/api/metrics';
import { idFloor } from './id-floor';

const BUCKET_MS = 900_000;

interface Group {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly test: number;
  readonly channel: RawCohort['channel'];
  readonly bucket: number;
}

const KEY = `organization_id AS organizationId, application_id AS applicationId, test, channel,
  created_at - created_at % ${BUCKET_MS} AS bucket`;
const BY = `GROUP BY organization_id, application_id, test, channel, created_at - created_at % ${BUCKET_MS}`;
const when = (condition: string, name: string): string => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS ${name}`;

const OF_VERIFICATIONS = [
  when(`status <> 'blocked'`, 'started'),
  `SUM(CASE WHEN status <> 'blocked' THEN generation ELSE 0 END) AS generated`,
  when(`status = 'approved'`, 'approved'),
  when(`status = 'expired'`, 'expired'),
  when(`status = 'failed'`, 'failed'),
  when(`status = 'canceled'`, 'canceled'),
  when(`status = 'undeliverable'`, 'undeliverable'),
  when(`status = 'blocked'`, 'blocked'),
  when(`status IN ('expired', 'canceled') AND check_count = 0`, 'unused'),
  when(`first_check_at IS NOT NULL`, 'first_checks'),
];

/** The counters of verifications, counted again from the rows themselves. By the channel of the start. */
@Injectable()
export class RawUsage {
  constructor(private readonly database: Database) {}

  async cohorts(fromMs: number, toMs: number): Promise<RawCohort[]> {
    const rows = await this.database.query<Group & Record<string, number>>(
      `SELECT ${KEY}, ${OF_VERIFICATIONS.join(', ')} FROM verification WHERE id >= ? AND id < ? ${BY}`,
      [idFloor('vrf', fromMs), idFloor('vrf', toMs)],
    );
    return rows.map(({ organizationId, applicationId, test, channel, bucket, ...counts }) => ({
      organizationId,
      applicationId,
      test: Number(test) === 1,
      channel,
      bucket: Number(bucket),
      counts: Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, Number(value)])),
    }));
  }
}
