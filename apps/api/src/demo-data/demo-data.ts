import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplicationSeeding } from '@tollgate/api/applications';
import { SealAuditChains } from '@tollgate/api/audit';
import { ConfigError, readConfig } from '@tollgate/api/config';
import { CreditGrants } from '@tollgate/api/credits';
import { DatabaseModule, UnitOfWork } from '@tollgate/api/database';
import { createHttpApplication } from '@tollgate/api/http';
import { JobRunner, ScheduleRunner } from '@tollgate/api/jobs';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { StructuredLogger } from '@tollgate/api/observability';
import { PrepareDemo } from '@tollgate/api/operations';
import { OrganizationSeeding } from '@tollgate/api/organizations';
import type { DynamicModule, Provider } from '@nestjs/common';
import { AppModule } from '../app.module';
import { PastClock } from './past-clock';
import { replay } from './replay';
import { fraudOf, trafficOf, type ClientShape } from './traffic';

/** `--days N`; thirty unless told. */
const DAYS = daysOf(process.argv.slice(2));
const DAY_MS = 86_400_000;
const CREDITS = 60_000_000;

function daysOf([flag, value]: readonly string[]): number {
  if (flag === undefined) return 30;
  const days = flag === '--days' ? Number(value) : NaN;
  if (Number.isInteger(days) && days >= 1 && days <= 90) return days;
  process.stderr.write('npm run demo:data -- --days N, with N from 1 to 90\n');
  process.exit(2);
}

interface NewClient extends ClientShape {
  readonly organization: {
    readonly name: string;
    readonly slug: string;
    readonly country: string;
    readonly time_zone: string;
  };
  readonly application: string;
}

const CLIENTS: readonly NewClient[] = [
  {
    organization: { name: 'Baobab Bank', slug: 'baobab-bank', country: 'ZA', time_zone: 'Africa/Johannesburg' },
    application: 'Mobile banking',
    perDay: 46,
    emailShare: 0.1,
    utcOffset: 2,
    numbers: [
      { country: 'ZA', weight: 95 },
      { country: 'GB', weight: 5 },
    ],
  },
  {
    organization: { name: 'Kite Mobility', slug: 'kite-mobility', country: 'IN', time_zone: 'Asia/Kolkata' },
    application: 'Driver app',
    perDay: 34,
    emailShare: 0.05,
    utcOffset: 5.5,
    numbers: [{ country: 'IN', weight: 100 }],
  },
  {
    organization: { name: 'Cedar Clinics', slug: 'cedar-clinics', country: 'GB', time_zone: 'Europe/London' },
    application: 'Patient portal',
    perDay: 14,
    emailShare: 0.55,
    utcOffset: 0,
    numbers: [
      { country: 'GB', weight: 80 },
      { country: 'DE', weight: 20 },
    ],
  },
];
const ACME: ClientShape = {
  perDay: 22,
  emailShare: 0.25,
  utcOffset: 1,
  numbers: [
    { country: 'ZA', weight: 60 },
    { country: 'GB', weight: 40 },
  ],
};

/** The application on a clock of the past: the same code, with the one source of time replaced. */
function onClock(module: DynamicModule, clock: PastClock): DynamicModule {
  const imports = (module.imports ?? []).map((part) => {
    if (!('module' in part) || part.module !== DatabaseModule) return part;
    const providers = (part.providers ?? []).map((provider): Provider =>
      typeof provider === 'object' && 'provide' in provider && provider.provide === Clock
        ? { provide: Clock, useValue: clock }
        : provider,
    );
    return { ...part, providers };
  });
  return { ...module, imports };
}

async function makeClient(app: NestFastifyApplication, client: NewClient): Promise<string> {
  const { slug, name, country, time_zone: zone } = client.organization;
  const organization = await app
    .get(OrganizationSeeding, { strict: false })
    .create({ name, slug, country, settings: { time_zone: zone, low_balance_threshold: 5_000_000 } });
  const seeding = app.get(ApplicationSeeding, { strict: false });
  const application = await seeding.create(organization.id, { name: client.application, address_mode: 'any' });
  await grant(app, organization.id);
  return (await seeding.createKeys(application)).live.token;
}

const grant = (app: NestFastifyApplication, organizationId: string) =>
  app.get(UnitOfWork, { strict: false }).run(() =>
    app.get(CreditGrants, { strict: false }).grant({
      organizationId,
      kind: 'grant',
      amount: CREDITS,
      description: 'Yearly contract',
      reason: 'Demo data',
      onceKey: `demo:${organizationId}`,
    }),
  );

async function fill(): Promise<void> {
  const config = readConfig({ ...process.env, TOLLGATE_PROFILE: 'demo' });
  const now = Date.now();
  const clock = new PastClock(now - (DAYS + 1) * DAY_MS);
  const logger = new StructuredLogger('error');
  const app = await createHttpApplication(onClock(AppModule.with(config, logger, { serves: false }), clock), {
    logger,
  });
  await app.init();
  try {
    const demo = await app.get(PrepareDemo, { strict: false }).execute();
    await grant(app, demo.organization_id);
    const keys = [demo.live_key];
    for (const client of CLIENTS) keys.push(await makeClient(app, client));
    const traffic = [ACME, ...CLIENTS].flatMap((shape, client) => trafficOf(client, shape, now, DAYS));
    traffic.push(...fraudOf(1, now - Math.min(9, DAYS - 0.5) * DAY_MS, 60));
    const counts = await replay(app, clock, keys, traffic, (done, total) =>
      process.stderr.write(`\r${done} of ${total} verifications`),
    );
    process.stderr.write('\n');
    clock.moveTo(now);
    await app.get(JobRunner, { strict: false }).drain();
    await app.get(ScheduleRunner, { strict: false }).runNow('metrics.fold');
    await app.get(SealAuditChains, { strict: false }).execute();
    process.stdout.write(
      `Demo data is in ${config.dataDir}: ${counts.started} verifications, ${counts.approved} approved, ${counts.refused} refused.\n`,
    );
  } finally {
    await app.close();
    logger.flush();
  }
}

try {
  await fill();
} catch (error) {
  const again = error instanceof DomainError && error.code === 'slug_taken';
  process.stderr.write(
    again
      ? 'The demo data is there already; delete the data folder to begin anew.\n'
      : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}
