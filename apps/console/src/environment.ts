/** What differs between the profiles of the build. */
export const environment = { gallery: true };
