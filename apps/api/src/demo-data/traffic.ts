/** Numbers that are the same at every run, so that a page looks the same on everybody's machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Traffic {
  /** Index of the client among those given. */
  readonly client: number;
  /** Epoch ms of the start. */
  readonly at: number;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly purpose: string;
  readonly clientIp: string;
  readonly userRef: string;
  /** What the person does, and how many ms after the start. */
  readonly then: readonly { readonly afterMs: number; readonly act: 'right' | 'wrong' | 'resend' | 'cancel' }[];
}

export interface ClientShape {
  /** Starts on an ordinary weekday. */
  readonly perDay: number;
  readonly numbers: readonly { readonly country: string; readonly weight: number }[];
  readonly emailShare: number;
  /** Hours from UTC, for the shape of the day. */
  readonly utcOffset: number;
}

const DAY = 86_400_000;
/** Share of a day's starts in each local hour: quiet nights, a morning and an evening peak. */
const HOURS = [1, 1, 1, 1, 1, 2, 4, 7, 9, 8, 7, 7, 6, 6, 6, 6, 7, 8, 9, 9, 8, 6, 4, 2];
const PURPOSES = ['sign_in', 'sign_in', 'sign_in', 'payment', 'sign_up'];

const MOBILE: Readonly<Record<string, (n: number) => string>> = {
  ZA: (n) => `+2782${String(1_000_000 + n).slice(-7)}`,
  IN: (n) => `+9198${String(10_000_000 + n).slice(-8)}`,
  GB: (n) => `+447400${String(100_000 + n).slice(-6)}`,
  DE: (n) => `+4915112${String(100_000 + n).slice(-6)}`,
};

function pick<T extends { readonly weight: number }>(random: number, choices: readonly T[]): T | undefined {
  let left = random * choices.reduce((sum, choice) => sum + choice.weight, 0);
  return choices.find((choice) => (left -= choice.weight) <= 0) ?? choices[0];
}

/** What people do: most are right at once, some mistype, some give up, a few never see their message. */
function behaviour(random: () => number): Traffic['then'] {
  const dice = random();
  const first = 8_000 + random() * 50_000;
  if (dice < 0.74) return [{ afterMs: first, act: 'right' }];
  if (dice < 0.84)
    return [
      { afterMs: first, act: 'wrong' },
      { afterMs: first + 15_000, act: 'right' },
    ];
  if (dice < 0.89)
    return [
      { afterMs: 45_000, act: 'resend' },
      { afterMs: 70_000 + first, act: 'right' },
    ];
  if (dice < 0.91) return [1, 2, 3, 4, 5].map((n) => ({ afterMs: n * 6_000, act: 'wrong' as const }));
  if (dice < 0.93) return [{ afterMs: 20_000, act: 'cancel' }];
  return [];
}

/** Days of starts of one client up to this minute, with weekends, a daily curve and one night of fraud. */
export function trafficOf(client: number, shape: ClientShape, nowMs: number, days: number): Traffic[] {
  const random = seeded(7919 * (client + 1));
  const found: Traffic[] = [];
  const people = Math.max(40, shape.perDay * 4);
  for (let day = days; day >= 0; day -= 1) {
    const midnight = Math.floor((nowMs - day * DAY) / DAY) * DAY - shape.utcOffset * 3_600_000;
    const weekday = new Date(midnight + DAY / 2).getUTCDay();
    const weekend = weekday === 0 || weekday === 6 ? 0.55 : 1;
    const growth = 0.7 + 0.3 * ((days - day) / days);
    const total = HOURS.reduce((sum, share) => sum + share, 0);
    HOURS.forEach((share, hour) => {
      const expected = (shape.perDay * weekend * growth * share) / total;
      const count = Math.floor(expected) + (random() < expected % 1 ? 1 : 0);
      for (let i = 0; i < count; i += 1) {
        const person = Math.floor(random() * people);
        const at = midnight + hour * 3_600_000 + random() * 3_600_000;
        if (at < nowMs - 120_000) found.push(startOf(client, shape, person, at, random));
      }
    });
  }
  return found;
}

function startOf(client: number, shape: ClientShape, person: number, at: number, random: () => number): Traffic {
  const country = pick(random(), shape.numbers)?.country ?? 'ZA';
  const email = random() < shape.emailShare;
  const number = MOBILE[country]?.(client * 40_000 + person * 7) ?? '+27821000000';
  return {
    client,
    at,
    channel: email ? 'email' : 'sms',
    to: email ? `person${person}@client${client}.example` : number,
    purpose: PURPOSES[Math.floor(random() * PURPOSES.length)] ?? 'sign_in',
    clientIp: `198.51.${client}.${person % 250}`,
    userRef: `user_${person}`,
    then: behaviour(random),
  };
}

/** An hour in which one address starts verifications to many numbers and completes none. */
export function fraudOf(client: number, atMs: number, starts: number): Traffic[] {
  return Array.from({ length: starts }, (_, i) => ({
    client,
    at: atMs + i * 20_000,
    channel: 'sms' as const,
    to: MOBILE['ZA']?.(900_000 + i) ?? '+27829000000',
    purpose: 'sign_up',
    clientIp: '203.0.113.66',
    userRef: `bot_${i}`,
    then: [],
  }));
}
