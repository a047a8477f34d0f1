import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

interface InstrumentOptions<L extends string> {
  /** `tollgate_…`, with its unit: `_seconds`, `_total`. */
  readonly name: string;
  readonly help: string;
  /** A few values each: never an id, address or destination. */
  readonly labels?: readonly L[];
}

/** Where slices make what Prometheus reads. One registry a process. */
@Injectable()
export class Instruments {
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string = never>({ name, help, labels = [] }: InstrumentOptions<L>): Counter<L> {
    return new Counter({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  histogram<L extends string = never>(
    { name, help, labels = [] }: InstrumentOptions<L>,
    buckets: readonly number[],
  ): Histogram<L> {
    return new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [this.registry] });
  }

  /** `read` is asked at every scrape; what it throws leaves the last value. */
  gauge<L extends string = never>(
    { name, help, labels = [] }: InstrumentOptions<L>,
    read?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L> {
    return new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      ...(read === undefined
        ? {}
        : {
            async collect() {
              try {
                await read(this as Gauge<L>);
              } catch {
                // Say the database is away: the last value stands, and the other figures are shown all the more.
              }
            },
          }),
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The exposition text. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
