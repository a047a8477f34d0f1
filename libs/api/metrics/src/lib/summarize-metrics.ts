import { Injectable } from '@nestjs/common';
import type { metricsFunnel, metricsSummary, InputOf, ResultOf } from '@tollgate/contracts';
import { Clock, type Principal } from '@tollgate/api/kernel';
import { AskMetrics } from './ask-metrics';
import { quantile, sketchCount, type LatencySketch } from './domain/latency-sketch';
import { metricValues } from './domain/metric-values';
import { totalOf } from './domain/sum-rows';
import { UsageSums } from './persistence/usage-sums';

/** A verification lives an hour at most, so what started before that cannot change any more. */
const LONGEST_LIFE_MS = 3_600_000;

const latencyOf = (sketch: LatencySketch) => ({
  count: sketchCount(sketch),
  p50_ms: quantile(sketch, 0.5),
  p95_ms: quantile(sketch, 0.95),
  p99_ms: quantile(sketch, 0.99),
});

export function isProvisional(endMs: number, nowMs: number): boolean {
  return endMs > nowMs - LONGEST_LIFE_MS;
}

@Injectable()
export class SummarizeMetrics {
  constructor(
    private readonly ask: AskMetrics,
    private readonly sums: UsageSums,
    private readonly clock: Clock,
  ) {}

  async summary(
    query: InputOf<typeof metricsSummary>['query'],
    caller: Principal,
  ): Promise<ResultOf<typeof metricsSummary>> {
    const { question, zone, range } = await this.ask.question(query, caller);
    const previous = { ...question, from: range.start - (range.end - range.start), to: range.start };
    const [rows, before, sketches] = await Promise.all([
      this.sums.sums(question, ['channel']),
      this.sums.sums(previous, ['channel']),
      this.sums.sketches(question),
    ]);
    return {
      from: new Date(range.start).toISOString(),
      to: new Date(range.end).toISOString(),
      time_zone: zone,
      view: question.view,
      metrics: metricValues(totalOf(rows)),
      previous: metricValues(totalOf(before)),
      delivery_latency: latencyOf(sketches.delivery),
      approval_latency: latencyOf(sketches.approval),
      provisional: isProvisional(range.end, this.clock.now()),
    };
  }

  async funnel(
    query: InputOf<typeof metricsFunnel>['query'],
    caller: Principal,
  ): Promise<ResultOf<typeof metricsFunnel>> {
    const { question } = await this.ask.question(query, caller);
    const { all } = totalOf(await this.sums.sums(question, ['channel']));
    // The sends of a verification are counted each, so a resend would make a step larger than the one before.
    const accepted = Math.min(all.allowed, all.sends_accepted);
    return {
      steps: [
        { name: 'requested', count: all.started + all.blocked },
        { name: 'allowed', count: all.allowed },
        { name: 'accepted', count: accepted },
        { name: 'delivered', count: Math.min(accepted, all.sends_delivered) },
        { name: 'checked', count: all.first_checks },
        { name: 'approved', count: all.approved },
      ],
    };
  }
}
