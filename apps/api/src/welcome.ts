import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FirstRun } from '@tollgate/api/auth';
import type { Config } from '@tollgate/api/config';
import { greeting, PrepareDemo } from '@tollgate/api/operations';

/**
 * Gets ready what is said at start-up, and returns it: the demo's sign-ins, or the token that opens the set-up of an
 * installation without a super admin. It goes to stdout alone, never into the log.
 */
export async function welcome(app: NestFastifyApplication, config: Config): Promise<string> {
  if (config.profile === 'demo') {
    const demo = await app.get(PrepareDemo, { strict: false }).execute();
    return greeting(config.publicUrl, demo);
  }
  const token = await app.get(FirstRun, { strict: false }).setupToken();
  return token === null ? '' : `Set up: ${config.publicUrl}/setup\nSet-up token: ${token}\n`;
}
