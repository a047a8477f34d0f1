import { Global, Module, type DynamicModule } from '@nestjs/common';
import { BacklogGauges } from './backlog-gauges';
import { DatabaseGauges } from './database-gauges';
import { HealthController } from './health.controller';
import { Instruments } from './instruments';
import { StructuredLogger } from './logger';
import { MetricsPort } from './metrics-port';
import { QueueWatch } from './queue-watch';
import { RequestLog } from './request-log';

/** Logs, metrics and health. Global: slices inject `Instruments`, and log with Nest's `Logger`. */
@Global()
@Module({})
export class ObservabilityModule {
  static forRoot(logger: StructuredLogger): DynamicModule {
    return {
      module: ObservabilityModule,
      controllers: [HealthController],
      providers: [
        { provide: StructuredLogger, useValue: logger },
        BacklogGauges,
        DatabaseGauges,
        Instruments,
        MetricsPort,
        QueueWatch,
        RequestLog,
      ],
      exports: [Instruments, StructuredLogger],
    };
  }
}
