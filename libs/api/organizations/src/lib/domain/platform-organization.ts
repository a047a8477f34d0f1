/** The built-in organization of the installation's staff. A fixed id, so that two first starts cannot make two. */
export const PLATFORM_ORGANIZATION_ID = 'org_00000000000000000000000000';
