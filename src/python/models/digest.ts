/** Hash functions of bytes, as RFC 1321 (MD5) and FIPS 180-4 (SHA-1, SHA-2) define them. */

export interface Digest {
  readonly size: number;
  readonly blockSize: number;
  of(data: Uint8Array): Uint8Array;
}

/** The message with a one bit, zeros and its length in bits, in whole blocks. */
function padded(data: Uint8Array, block: number, isLittleEndian: boolean): DataView {
  const lengthBytes = block / 8;
  const total = Math.ceil((data.length + 1 + lengthBytes) / block) * block;
  const message = new Uint8Array(total);
  message.set(data);
  message[data.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setBigUint64(
    isLittleEndian ? total - lengthBytes : total - 8,
    BigInt(data.length) * 8n,
    isLittleEndian,
  );
  return view;
}

const rotateLeft = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** The first 32 or 64 bits of the fractional parts of the roots of the first primes. */
function fractions(count: number, root: 2 | 3, bits: bigint): bigint[] {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  return primes.map((prime) => rootOf(prime << (bits * BigInt(root)), BigInt(root)) & ((1n << bits) - 1n));
}

/** The whole part of a root, by bisection. */
function rootOf(of: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << (BigInt(of.toString(2).length) / degree + 1n);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= of) low = middle;
    else high = middle;
  }
  return low;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const sines = lazily(() =>
  Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32)),
);
const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

function md5(data: Uint8Array): Uint8Array {
  const view = padded(data, 64, true);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < view.byteLength; start += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let i = 0; i < 64; i++) {
      const [f, word] = md5Round(i, b, c, d);
      const sum = a + f + (sines()[i] ?? 0) + view.getUint32(start + word * 4, true);
      const shift = md5Shifts[(i >> 4) * 4 + (i & 3)] ?? 0;
      [a, d, c, b] = [d, c, b, (b + rotateLeft(sum | 0, shift)) | 0];
    }
    [a, b, c, d].forEach((part, i) => {
      state[i] = ((state[i] ?? 0) + part) | 0;
    });
  }
  return words(state, true);
}

function md5Round(i: number, b: number, c: number, d: number): readonly [number, number] {
  if (i < 16) return [(b & c) | (~b & d), i];
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) % 16];
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) % 16];
  return [c ^ (b | ~d), (7 * i) % 16];
}

function sha1(data: Uint8Array): Uint8Array {
  const view = padded(data, 64, false);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const w = new Int32Array(80);
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let i = 0; i < 80; i++) {
      w[i] =
        i < 16
          ? view.getInt32(start + i * 4)
          : rotateLeft((w[i - 3] ?? 0) ^ (w[i - 8] ?? 0) ^ (w[i - 14] ?? 0) ^ (w[i - 16] ?? 0), 1);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let i = 0; i < 80; i++) {
      const [f, k] = sha1Round(i, b, c, d);
      const next = (rotateLeft(a, 5) + f + e + k + (w[i] ?? 0)) | 0;
      [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
    }
    [a, b, c, d, e].forEach((part, i) => {
      state[i] = ((state[i] ?? 0) + part) | 0;
    });
  }
  return words(state, false);
}

function sha1Round(i: number, b: number, c: number, d: number): readonly [number, number] {
  if (i < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (i < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (i < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function words(state: readonly number[], isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(state.length * 4));
  for (const [i, word] of state.entries()) view.setInt32(i * 4, word, isLittleEndian);
  return new Uint8Array(view.buffer);
}

/** SHA-2 in words of 32 or 64 bits. */
interface Variant {
  readonly bits: 32n | 64n;
  readonly rounds: number;
  /** Rotations of Σ0, Σ1, σ0 and σ1; the last of σ is a shift. */
  readonly turns: readonly (readonly [bigint, bigint, bigint])[];
}
const short: Variant = {
  bits: 32n,
  rounds: 64,
  turns: [
    [2n, 13n, 22n],
    [6n, 11n, 25n],
    [7n, 18n, 3n],
    [17n, 19n, 10n],
  ],
};
const long: Variant = {
  bits: 64n,
  rounds: 80,
  turns: [
    [28n, 34n, 39n],
    [14n, 18n, 41n],
    [1n, 8n, 7n],
    [19n, 61n, 6n],
  ],
};
const shortRounds = lazily(() => fractions(64, 3, 32n));
const longRounds = lazily(() => fractions(80, 3, 64n));

function sha2(data: Uint8Array, { bits, rounds, turns }: Variant, initial: readonly bigint[]): Uint8Array {
  const mask = (1n << bits) - 1n;
  const size = Number(bits) / 8;
  const view = padded(data, size * 16, false);
  const constants = bits === 32n ? shortRounds() : longRounds();
  const rotate = (x: bigint, by: bigint): bigint => ((x >> by) | (x << (bits - by))) & mask;
  const mix = (x: bigint, which: number, isShift: boolean): bigint => {
    const [a, b, c] = turns[which] ?? [0n, 0n, 0n];
    return rotate(x, a) ^ rotate(x, b) ^ (isShift ? x >> c : rotate(x, c));
  };
  const state = [...initial];
  for (let start = 0; start < view.byteLength; start += size * 16) {
    const w: bigint[] = [];
    for (let i = 0; i < rounds; i++) {
      const at = start + i * size;
      w.push(
        i < 16
          ? size === 4
            ? BigInt(view.getUint32(at))
            : view.getBigUint64(at)
          : (mix(w[i - 2] ?? 0n, 3, true) +
              (w[i - 7] ?? 0n) +
              mix(w[i - 15] ?? 0n, 2, true) +
              (w[i - 16] ?? 0n)) &
              mask,
      );
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let i = 0; i < rounds; i++) {
      const one = h + mix(e, 1, false) + ((e & f) ^ (~e & mask & g)) + (constants[i] ?? 0n) + (w[i] ?? 0n);
      const two = mix(a, 0, false) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask];
    }
    [a, b, c, d, e, f, g, h].forEach((part, i) => {
      state[i] = ((state[i] ?? 0n) + part) & mask;
    });
  }
  const result = new DataView(new ArrayBuffer(state.length * size));
  for (const [i, word] of state.entries())
    if (size === 4) result.setUint32(i * 4, Number(word));
    else result.setBigUint64(i * 8, word);
  return new Uint8Array(result.buffer);
}

// SHA-224 and SHA-384 begin with the roots of the ninth to sixteenth primes, SHA-224 with the lower halves.
const wide = lazily(() => fractions(16, 2, 64n));
const initialOf: Readonly<Record<number, () => readonly bigint[]>> = {
  28: () =>
    wide()
      .slice(8)
      .map((word) => word & 0xffffffffn),
  32: () => fractions(8, 2, 32n),
  48: () => wide().slice(8),
  64: () => wide().slice(0, 8),
};

function secondFamily(size: number): Digest {
  const variant = size <= 32 ? short : long;
  return {
    size,
    blockSize: size <= 32 ? 64 : 128,
    of: (data) => sha2(data, variant, initialOf[size]?.() ?? []).subarray(0, size),
  };
}

/** By the names that `hashlib` has for them. */
export const digests: ReadonlyMap<string, Digest> = new Map([
  ["md5", { size: 16, blockSize: 64, of: md5 }],
  ["sha1", { size: 20, blockSize: 64, of: sha1 }],
  ["sha224", secondFamily(28)],
  ["sha256", secondFamily(32)],
  ["sha384", secondFamily(48)],
  ["sha512", secondFamily(64)],
]);

/** RFC 2104. */
export function hmac(digest: Digest, key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(digest.blockSize);
  block.set(key.length > digest.blockSize ? digest.of(key) : key);
  const pad = (byte: number) => block.map((one) => one ^ byte);
  return digest.of(joined(pad(0x5c), digest.of(joined(pad(0x36), message))));
}

export function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

/** CRC-32 as zip and `zlib.crc32` have it. */
export function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
