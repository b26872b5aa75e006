// SHA-256 (FIPS 180-4): the engine's own, which browsers have on secure pages only, or ours.

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** The first 32 bits of the fraction of x. */
const fraction = (x: number): number => (x % 1) * 2 ** 32;

/** By Newton's method: `Math.cbrt` may differ between engines, quotients may not. */
const cubeRoot = (x: number): number => {
  let root = x;
  for (let i = 0; i < 40; i++) root -= (root - x / root / root) / 3;
  return root;
};

/** The hash in hexadecimal of `parts`, one after the other. */
export const sha256 = async (...parts: readonly Uint8Array[]): Promise<string> => {
  let length = 0;
  for (const part of parts) length += part.length;
  const message = new Uint8Array((length + 72) & -64);
  let at = 0;
  for (const part of parts) {
    message.set(part, at);
    at += part.length;
  }
  const own = await globalThis.crypto?.subtle?.digest('SHA-256', message.subarray(0, length));
  const hash = new Uint8Array(own ?? hashed(message, length), 0, 32);
  return Array.from(hash, (byte) => (byte + 256).toString(16).slice(1)).join('');
};

/** The hash of the first `length` bytes, written over them; behind them there is room for their number. */
const hashed = (message: Uint8Array<ArrayBuffer>, length: number): ArrayBuffer => {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const constants = Int32Array.from(primes, (prime) => fraction(cubeRoot(prime)));
  const hash = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  message[length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(message.length - 8, length / 2 ** 29);
  view.setUint32(message.length - 4, length << 3);
  const w = new Int32Array(64);
  for (let at = 0; at < message.length; at += 64) {
    let [a, b, c, d, e, f, g, h] = [...hash] as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(at + 4 * i);
      else {
        const x = w[i - 15] as number;
        const y = w[i - 2] as number;
        w[i] =
          (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) +
          (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)) +
          (w[i - 16] as number) +
          (w[i - 7] as number);
      }
      const sum =
        h +
        (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
        (g ^ (e & (f ^ g))) +
        (constants[i] as number) +
        (w[i] as number);
      h = g;
      g = f;
      f = e;
      e = (d + sum) | 0;
      d = c;
      c = b;
      b = a;
      a = (sum + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((b & c) | (d & (b | c)))) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = (hash[i] as number) + value));
  }
  hash.forEach((word, i) => view.setInt32(4 * i, word));
  return message.buffer;
};
