import type { Option } from '../list/list-types';

const SHOWN = 30;

/** IANA zones whose name or city holds the text, for `tg-lookup-field`; UTC stands first. */
export function searchTimeZones(text: string): Promise<readonly Option[]> {
  const wanted = text.trim().toLowerCase().replaceAll(' ', '_');
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  return Promise.resolve(
    zones
      .filter((zone) => zone.toLowerCase().includes(wanted))
      .slice(0, SHOWN)
      .map((zone) => ({ value: zone, label: zone, hint: offsetOf(zone) })),
  );
}

function offsetOf(zone: string): string | undefined {
  return new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(new Date())
    .find((part) => part.type === 'timeZoneName')?.value;
}
