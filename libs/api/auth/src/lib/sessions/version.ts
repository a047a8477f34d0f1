/** Of the product; the console shows it in its footer. */
export const VERSION = '0.1.0';
