/** Ids and keys are ascii columns: MySQL refuses to compare them with text that is not, and they cannot hold it. */
export const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Text for LIKE in which nothing is a wildcard. The statement says ESCAPE '!'. */
export const contains = (text: string): string => `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
