let numbers = 0;

/** A South African mobile that no other test of this file writes to; its ending asks for no scenario. */
export function aNumber(): string {
  numbers += 1;
  return `+2783${String(1_000_000 + Math.floor(numbers / 50)).slice(-5)}${20 + (numbers % 50)}`;
}

/** One whose last two digits choose a scenario of test mode. */
export function aNumberFor(scenario: string): string {
  return aNumber().slice(0, -2) + scenario;
}
