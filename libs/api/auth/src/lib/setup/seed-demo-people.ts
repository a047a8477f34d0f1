import { Injectable } from '@nestjs/common';
import { Passwords } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { UserDirectory } from '@tollgate/api/users';
import { FoundingMember, type NewPerson } from './create-administrator';

/** The people that the demo profile greets with. Only start-up calls it. */
export abstract class SeedDemoPeople {
  /**
   * A super admin, and an admin who owns the organization. Addresses that exist already are left as they are, so it
   * can be called at every start. Passwords are given, not checked for strength.
   */
  abstract seed(people: {
    readonly superAdmin: NewPerson;
    readonly organizationId: string;
    readonly organizationAdmin: NewPerson;
  }): Promise<void>;
}

@Injectable()
export class OwnSeedDemoPeople extends SeedDemoPeople {
  constructor(
    private readonly users: UserDirectory,
    private readonly organizations: OrganizationDirectory,
    private readonly passwords: Passwords,
    private readonly founding: FoundingMember,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async seed(people: Parameters<SeedDemoPeople['seed']>[0]): Promise<void> {
    await this.ensure(await this.organizations.platformId(), people.superAdmin, ['super_admin']);
    await this.ensure(people.organizationId, people.organizationAdmin, ['admin', 'owner']);
  }

  private async ensure(organizationId: string, person: NewPerson, roles: readonly string[]): Promise<void> {
    const email = this.users.canonicalEmail(person.email);
    if (email === null) throw new Error(`${person.email} is no e-mail address`);
    if ((await this.users.findByEmail(organizationId, email)) !== null) return;
    const hash = await this.passwords.hash(person.password);
    await this.unitOfWork.run(() =>
      this.founding.create({ organizationId, email, name: person.name, hash }, roles, 'seed'),
    );
  }
}
