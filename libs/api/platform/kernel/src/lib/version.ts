/** Of the product, as in package.json: a release raises both, and a spec holds them together. */
export const VERSION = '0.1.0';
