/** The production profile: no gallery of the kit. */
export const environment = { gallery: false };
