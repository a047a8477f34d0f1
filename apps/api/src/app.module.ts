import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, type Config } from '@tollgate/api/config';
import { CryptoModule } from '@tollgate/api/crypto';
import { DatabaseModule, type SchemaPart } from '@tollgate/api/database';
import { HttpModule } from '@tollgate/api/http';
import { JobsModule } from '@tollgate/api/jobs';
import { ObservabilityModule, type StructuredLogger } from '@tollgate/api/observability';
import { OutboundModule } from '@tollgate/api/outbound';
import { ReferenceController } from './reference.controller';
import { SLICES } from './slices';

/** The schema of everything that is served; jobs bring their own. */
export const SCHEMA: readonly SchemaPart[] = [HttpModule, JobsModule, ...SLICES].flatMap((slice) =>
  'schema' in slice && slice.schema !== undefined ? [slice.schema] : [],
);

/** For commands that run beside the server: no jobs, no lease. */
export interface AppOptions {
  readonly serves: boolean;
}

/** Puts the platform and the slices together. No rules here. */
@Module({})
export class AppModule {
  static with(config: Config, logger: StructuredLogger, { serves }: AppOptions = { serves: true }): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        CryptoModule,
        DatabaseModule.forRoot(SCHEMA, { serves }),
        JobsModule.forRoot({ automatic: serves }),
        HttpModule,
        ObservabilityModule.forRoot(logger),
        OutboundModule,
        ...SLICES,
      ],
      controllers: [ReferenceController],
    };
  }
}
