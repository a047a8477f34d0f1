import qrcode from 'qrcode';
import { qrPath } from './qr-path';

const text = 'otpauth://totp/Tollgate:ann%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tollgate';

describe('the path of a QR code', () => {
  it('covers exactly the dark modules, inside a quiet zone of four', () => {
    const { size, path } = qrPath(text);
    const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
    const drawn = new Set<string>();
    for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let i = 0; i < Number(run); i += 1) drawn.add(`${Number(x) + i} ${y}`);
    }
    const dark = new Set<string>();
    for (let y = 0; y < modules.size; y += 1) {
      for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x) !== 0) dark.add(`${x + 4} ${y + 4}`);
    }
    expect(drawn).toEqual(dark);
    expect(size).toBe(modules.size + 8);
  });

  it('holds nothing but path commands', () => {
    expect(qrPath(text).path).toMatch(/^[Mhvz0-9 -]+$/);
  });
});
