export interface StaffMember {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** What other slices may know of console staff: whom to write to. */
export abstract class StaffDirectory {
  /** Active members of the organization who hold one of these roles. */
  abstract withRoles(organizationId: string, roles: readonly string[]): Promise<StaffMember[]>;
}
