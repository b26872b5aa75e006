// Numbers that sizes, offsets and counts break at: around powers of two, around the end of exact integers, and none.

/** As JSON writes them, and as it does not. */
export const HOSTILE_LITERALS: readonly string[] = [
  '-1', '0', '-0', '1', '2', '3', '255', '256', '65535', '1.5', '0.1', '2147483647', '2147483648', '4294967295',
  '4294967296', '-2147483649', '9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993',
  '18446744073709551615', '340282366920938463463374607431768211456', '1e15', '1e21', '1e308', '1e309', '-1e309',
  '1e-400', '1E+2', 'NaN', 'Infinity', '-Infinity', 'undefined', '00', '01', '+1', '.5', '1.', '0x10', '1_000', '1n',
]; // prettier-ignore

/** As 64-bit integers. */
export const HOSTILE_INTEGERS: readonly bigint[] = [
  0n, 1n, 4n, 7n, 8n, 255n, 256n, 65_535n, 2n ** 24n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n,
  2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n,
]; // prettier-ignore
