// A picture of a QR code, drawn from its modules: 33 rows of 33 bits, each in hexadecimal.

import { PNG } from 'pngjs';

export const QR_URL = 'https://line.me/R/oaMessage/%40oshirase/?ABCD-EFGH-JKMN-PQRS-T';

const ROWS = `
  1fd096b7f 10534fc41 17595eb5d 175dac65d 174d5625d 105c92441
  1fd55557f 000678900 19c59f92f 1f209e684 007c7dbd6 12093fed8
  0ec2d095b 008d55660 1bd3edf1e 1506afc48 08f9a1cd1 0514e5aa8
  0964353e6 192d498c8 096ae3c51 110114688 0653e57d6 0106aebd0
  1d6da2df2 0010dc91a 1fcc29d5a 105958d11 1756efdf0 17451cb50
  174bfcd50 10529ea20 1fd9a2f71
`
  .trim()
  .split(/\s+/);

const SIZE = 33;
const QUIET_ZONE = 4;

// The code as PNG bytes, `scale` pixels a module.
export function qrPicture(scale = 4) {
  const side = (SIZE + 2 * QUIET_ZONE) * scale;
  const png = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const at = (y * side + x) * 4;
      png.data.fill(
        isDark(Math.floor(x / scale) - QUIET_ZONE, Math.floor(y / scale) - QUIET_ZONE) ? 0 : 255,
        at,
        at + 3,
      );
      png.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(png);
}

function isDark(column, row) {
  if (row < 0 || row >= SIZE || column < 0 || column >= SIZE) return false;
  return (BigInt(`0x${ROWS[row]}`) >> BigInt(SIZE - 1 - column)) % 2n === 1n;
}
