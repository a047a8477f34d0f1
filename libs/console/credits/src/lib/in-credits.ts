import * as z from 'zod';

/**
 * An amount as people type it: credits with up to three decimals. The wire has milli-credits; `milli` converts without
 * the error of binary fractions.
 */
export const inCredits = () =>
  z
    .number()
    .refine((value) => Math.abs(Math.round(value * 1000) - value * 1000) < 1e-6, 'takes at most three decimals');

export const milli = (credits: number): number => Math.round(credits * 1000);
