/**
 * How many SMS a text takes. GSM 03.38 with its extension table: 160 septets alone, 153 each when joined; anything else is
 * UCS-2: 70 code units alone, 67 each. An escaped character or a surrogate pair is never cut in two.
 * Source: 3GPP TS 23.038 section 6.2.1, TS 23.040 section 9.2.3.24.
 */
export interface SegmentCount {
  readonly encoding: 'gsm7' | 'ucs2';
  /** Septets or UTF-16 code units, an extension character counted twice. */
  readonly units: number;
  readonly segments: number;
  /** Units left in the last segment. */
  readonly remaining: number;
  /** The characters that force UCS-2, each once, at most ten. */
  readonly beyondGsm7: readonly string[];
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');

export function countSegments(text: string): SegmentCount {
  const characters = [...text];
  const beyond = new Set(characters.filter((c) => !BASIC.has(c) && !EXTENDED.has(c)));
  const encoding = beyond.size === 0 ? 'gsm7' : 'ucs2';
  const widths = characters.map((c) => (encoding === 'gsm7' ? (EXTENDED.has(c) ? 2 : 1) : c.length));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const [single, joined] = encoding === 'gsm7' ? [160, 153] : [70, 67];
  const beyondGsm7 = [...beyond].slice(0, 10);
  if (units <= single) return { encoding, units, segments: 1, remaining: single - units, beyondGsm7 };
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > joined) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return { encoding, units, segments, remaining: joined - used, beyondGsm7 };
}
