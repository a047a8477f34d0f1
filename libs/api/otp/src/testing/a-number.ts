let made = 0;

/** A South African mobile number that no spec used before, with an ending that asks for no scenario. */
export function aNumber(): string {
  made += 1;
  return `+2782${String(1_000_000 + made).slice(-5)}${20 + (made % 80)}`;
}

/** A number that asks for this scenario of test mode. */
export function aNumberFor(scenario: string): string {
  made += 1;
  return `+2782${String(1_000_000 + made).slice(-5)}${scenario}`;
}
