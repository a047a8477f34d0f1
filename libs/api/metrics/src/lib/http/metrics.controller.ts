import { Controller } from '@nestjs/common';
import { metricsBreakdown, metricsFunnel, metricsSummary, metricsTimeseries, type InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { CompareMetrics } from '../compare-metrics';
import { SummarizeMetrics } from '../summarize-metrics';

@Controller()
export class MetricsController {
  constructor(
    private readonly summarize: SummarizeMetrics,
    private readonly compare: CompareMetrics,
  ) {}

  @Serve(metricsSummary)
  summary(@Input() input: InputOf<typeof metricsSummary>, @Caller() caller: Principal) {
    return this.summarize.summary(input.query, caller);
  }

  @Serve(metricsFunnel)
  funnel(@Input() input: InputOf<typeof metricsFunnel>, @Caller() caller: Principal) {
    return this.summarize.funnel(input.query, caller);
  }

  @Serve(metricsTimeseries)
  timeseries(@Input() input: InputOf<typeof metricsTimeseries>, @Caller() caller: Principal) {
    return this.compare.timeseries(input.query, caller);
  }

  @Serve(metricsBreakdown)
  breakdown(@Input() input: InputOf<typeof metricsBreakdown>, @Caller() caller: Principal) {
    return this.compare.breakdown(input.query, caller);
  }
}
