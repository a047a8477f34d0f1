import type { Destination } from './destination';

/**
 * What a destination of test mode asks for. `00` goes well, `01` is accepted and never delivered, `02` fails at first,
 * `03` is refused for good, `09` to `11` vary the callbacks: those are played by the delivery. The others are played
 * here, before anything is sent.
 */
export const SCENARIOS = {
  fraudBlock: '04',
  shadowBlock: '05',
  insufficientCredits: '06',
  quotaExceeded: '07',
  expiresAtOnce: '08',
  countryRefused: '12',
} as const;

/** The last two digits of the number, or a two-digit `+tag` of the mailbox, from 00 to 12. Anything else is delivered. */
export function scenarioOf(destination: Destination): string | null {
  const found =
    destination.kind === 'phone' ? destination.to.slice(-2) : (/\+([0-9]{2})@/.exec(destination.to)?.[1] ?? null);
  return found !== null && Number(found) <= 12 ? found : null;
}
