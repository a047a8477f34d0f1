import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { ApplicationSeeding } from '@tollgate/api/applications';
import { SeedDemoPeople } from '@tollgate/api/auth';
import { Config } from '@tollgate/api/config';
import { DomainError } from '@tollgate/api/kernel';
import { OrganizationSeeding } from '@tollgate/api/organizations';
import { keepDemoCredentials, readablePassword, readDemoCredentials, type DemoCredentials } from './demo-credentials';
import { SeedCredits } from './seed-credits';

const FIRST_CREDITS = 1_000_000;

/**
 * The demo's first start: one organization with credits, an application, both kinds of key, its admin and a super
 * admin. Later starts read the file and change nothing. A first start that was interrupted begins again with another
 * organization, because its passwords were shown to nobody.
 */
@Injectable()
export class PrepareDemo {
  private readonly logger = new Logger('PrepareDemo');

  constructor(
    private readonly config: Config,
    private readonly organizations: OrganizationSeeding,
    private readonly applications: ApplicationSeeding,
    private readonly people: SeedDemoPeople,
    private readonly credits: SeedCredits,
  ) {}

  async execute(): Promise<DemoCredentials> {
    if (this.config.profile !== 'demo') throw new Error('the demo is for its own profile alone');
    const file = join(this.config.dataDir, 'demo-credentials.json');
    return readDemoCredentials(file) ?? this.seed(file);
  }

  private async seed(file: string): Promise<DemoCredentials> {
    const { id, slug } = await this.organization();
    const application = await this.applications.create(id, { name: 'Demo application', address_mode: 'any' });
    const keys = await this.applications.createKeys(application);
    await this.credits.execute(id, FIRST_CREDITS);
    const suffix = slug === 'acme' ? '' : `+${slug}`;
    const admin = { email: `admin${suffix}@acme.example`, password: readablePassword() };
    const superAdmin = { email: `root${suffix}@tollgate.example`, password: readablePassword() };
    await this.people.seed({
      superAdmin: { name: 'Sam Super', ...superAdmin },
      organizationId: id,
      organizationAdmin: { name: 'Ada Admin', ...admin },
    });
    const made: DemoCredentials = {
      organization_id: id,
      application_id: application.id,
      admin,
      super_admin: superAdmin,
      test_key: keys.test.token,
      live_key: keys.live.token,
    };
    keepDemoCredentials(file, made);
    this.logger.log({ msg: 'the demo is seeded', organization: slug });
    return made;
  }

  private async organization(): Promise<{ id: string; slug: string }> {
    try {
      return await this.organizations.create({ name: 'Acme', slug: 'acme' });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'slug_taken') throw error;
      return this.organizations.create({ name: 'Acme', slug: `acme-${Date.now().toString(36)}` });
    }
  }
}
