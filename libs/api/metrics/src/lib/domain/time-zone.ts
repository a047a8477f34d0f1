const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** The parts of a wall clock. Months are 1 to 12. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  FORMATS.set(zone, format);
  return format;
}

/** What a clock on the wall of the zone shows at the instant (epoch ms). The rules come from IANA through Intl. */
export function wallTimeAt(zone: string, atMs: number): WallTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(atMs)
      .map((part) => [part.type, Number(part.value)]),
  );
  return {
    year: parts['year'] ?? 0,
    month: parts['month'] ?? 1,
    day: parts['day'] ?? 1,
    hour: parts['hour'] ?? 0,
    minute: parts['minute'] ?? 0,
  };
}

const asUtc = (wall: WallTime): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);

/**
 * The first instant at which the wall shows this time. In the hour that a change of clocks repeats, the earlier; for
 * one that it skips, the instant of the change.
 */
export function instantOf(zone: string, wall: WallTime): number {
  const wanted = asUtc(wall);
  const offsets = [wanted - 86_400_000, wanted + 86_400_000].map((at) => asUtc(wallTimeAt(zone, at)) - at);
  const candidates = offsets.map((offset) => wanted - offset).sort((a, b) => a - b);
  const exact = candidates.find((at) => asUtc(wallTimeAt(zone, at)) === wanted);
  if (exact !== undefined) return exact;
  // Skipped: the earliest quarter of an hour whose wall time is not before the wanted one.
  let at = Math.floor((candidates[0] ?? wanted) / 900_000) * 900_000 - 7_200_000;
  while (asUtc(wallTimeAt(zone, at)) < wanted) at += 900_000;
  return at;
}
