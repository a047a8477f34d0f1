import qrcode from 'qrcode';

export interface QrPath {
  /** Width and height of the view box, in modules, with the quiet zone. */
  readonly size: number;
  /** The `d` of one path whose filled area is the dark modules. */
  readonly path: string;
}

/** ISO/IEC 18004 asks for four light modules around the symbol. */
const QUIET = 4;

/** A QR code as one SVG path: no image, no inline style, and it scales. */
export function qrPath(text: string): QrPath {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const parts: string[] = [];
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(y, x) === 0) continue;
      let run = 1;
      while (x + run < modules.size && modules.get(y, x + run) !== 0) run += 1;
      parts.push(`M${x + QUIET} ${y + QUIET}h${run}v1h-${run}z`);
      x += run;
    }
  }
  return { size: modules.size + 2 * QUIET, path: parts.join('') };
}
