import { Module, Optional, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '@tollgate/api/audit';
import type { SchemaPart } from '@tollgate/api/database';
import { OrganizationSelection } from '@tollgate/api/http';
import { CachedOrganizationDirectory } from './cached-organization-directory';
import { CreateOrganization } from './create-organization';
import { EditOrganization } from './edit-organization';
import { FindOrganizations } from './find-organizations';
import { OrganizationsController } from './http/organizations.controller';
import { OrganizationDirectory } from './organization-directory';
import { AuditedOrganizationSeeding, OrganizationSeeding } from './organization-seeding';
import { organizationMigrations } from './persistence/migrations';
import { OrganizationRow } from './persistence/organization.entity';
import { Organizations } from './persistence/organizations';
import { ReadOrganizations } from './read-organizations';
import { SuspendOrganization } from './suspend-organization';

@Module({
  imports: [AuditModule],
  controllers: [OrganizationsController],
  providers: [
    AuditedOrganizationSeeding,
    CachedOrganizationDirectory,
    CreateOrganization,
    EditOrganization,
    FindOrganizations,
    Organizations,
    ReadOrganizations,
    SuspendOrganization,
    { provide: OrganizationDirectory, useExisting: CachedOrganizationDirectory },
    { provide: OrganizationSeeding, useExisting: AuditedOrganizationSeeding },
  ],
  exports: [OrganizationDirectory, OrganizationSeeding],
})
export class OrganizationsModule implements OnModuleInit {
  static readonly schema: SchemaPart = { entities: [OrganizationRow], migrations: organizationMigrations };

  constructor(
    private readonly directory: OrganizationDirectory,
    /** Absent where nothing is served: specs of slices, commands. */
    @Optional() private readonly selection?: OrganizationSelection,
  ) {}

  /** Staff of the platform may act in any organization that exists, suspended ones too. */
  onModuleInit(): void {
    this.selection?.register(async (organizationId) => (await this.directory.find(organizationId)) !== null);
  }
}
