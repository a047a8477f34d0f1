import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { Config } from '@tollgate/api/config';
import { pendingMigrations } from '@tollgate/api/database';
import { StructuredLogger } from '@tollgate/api/observability';
import { AppModule, SCHEMA } from '../app.module';

/**
 * Does something with the whole application on the configured database, while the server runs or not: no jobs run, no
 * port is opened, no lease taken, and the schema stays as it is.
 */
export async function withApplication<T>(
  config: Config,
  act: (application: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const pending = await pendingMigrations(config.database, SCHEMA);
  if (pending.length > 0) {
    throw new Error(`the schema of this database is not up to date (${pending.length} steps): run migrate first`);
  }
  const beside: Config = { ...config, metricsPort: null, redisUrl: null };
  const logger = new StructuredLogger('warn');
  const module = AppModule.with(beside, logger, { serves: false });
  const application = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
  try {
    return await act(application);
  } finally {
    await application.close();
    logger.flush();
  }
}
