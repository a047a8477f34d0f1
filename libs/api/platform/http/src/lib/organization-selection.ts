import { Injectable } from '@nestjs/common';

/** Whether there is such an organization; staff of the platform may then act in it. */
export type OrganizationCheck = (organizationId: string) => Promise<boolean>;

/**
 * Where the organizations slice says, in `onModuleInit`, which organizations `Tollgate-Organization` may name. Until
 * somebody has, none can be named.
 */
@Injectable()
export class OrganizationSelection {
  private check: OrganizationCheck = () => Promise.resolve(false);

  register(check: OrganizationCheck): void {
    this.check = check;
  }

  isSelectable(organizationId: string): Promise<boolean> {
    return this.check(organizationId);
  }
}
