import { ConfigError, readConfig } from '@tollgate/api/config';
import { StructuredLogger } from '@tollgate/api/observability';
import { serve } from './serve';

/** `EX_CONFIG` of sysexits: nobody need try again before the settings are changed. */
const EXIT_CONFIG = 78;

function configuration() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

const config = configuration();
const logger = new StructuredLogger(config.logLevel);

const fail = (message: string) => (error: unknown) => {
  logger.write('fatal', { err: error }, message);
  logger.flush();
  process.exit(1);
};
process.on('uncaughtException', fail('an error that nobody caught'));
process.on('unhandledRejection', fail('a failure that nobody waited for'));

try {
  process.exitCode = await serve(config, logger);
} catch (error) {
  fail('the server could not start')(error);
}
logger.flush();
// Whatever still keeps the process alive has had its time.
process.exit();
