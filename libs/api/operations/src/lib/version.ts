/** The version of this build; the release raises it together with package.json, and a spec holds them together. */
export const VERSION = '0.1.0';
