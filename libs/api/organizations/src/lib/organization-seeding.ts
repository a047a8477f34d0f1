import { Injectable } from '@nestjs/common';
import type { OrganizationView } from '@tollgate/contracts';
import { CreateOrganization, type NewOrganization } from './create-organization';

/** Start-up and set-up create organizations through this door, where no request acts. Audited as `system`. */
export abstract class OrganizationSeeding {
  /** Errors: slug_taken, time_zone_invalid. */
  abstract create(wanted: NewOrganization): Promise<OrganizationView>;
}

@Injectable()
export class AuditedOrganizationSeeding implements OrganizationSeeding {
  constructor(private readonly createOrganization: CreateOrganization) {}

  create(wanted: NewOrganization): Promise<OrganizationView> {
    return this.createOrganization.execute(wanted, { kind: 'system', id: 'system:set-up', label: 'system:set-up' });
  }
}
