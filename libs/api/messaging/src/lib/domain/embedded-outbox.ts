/** The outbox that every installation has from the start: it serves as long as no other provider does. */
export const EMBEDDED_OUTBOX_ID = 'prv_00000000000000000000000000';
