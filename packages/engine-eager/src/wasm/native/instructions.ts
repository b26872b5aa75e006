// The WebAssembly instructions that the kernels of this folder need (version 2.0 with SIMD, one relaxed), as
// functions from expressions to expressions; an expression is the array of its bytes.
import { signed, unsigned } from './leb128.ts';

/** Bytes of an instruction sequence. */
export type Code = readonly number[];

/** An instruction of two operands. */
export type Binary = (left: Code, right: Code) => Code;
/** Reads memory at an address plus a constant number of bytes. */
export type Load = (address: Code, offset?: number) => Code;

export const join = (...parts: readonly Code[]): Code => parts.flat();

const binary =
  (...opcode: Code): Binary =>
  (left, right) =>
    join(left, right, opcode);

const load =
  (...opcode: Code): Load =>
  (address, offset = 0) =>
    join(address, opcode, unsigned(2), unsigned(offset));

interface I32 {
  constant(value: number): Code;
  readonly add: Binary;
  /** Unsigned, as addresses are. */
  readonly lessThan: Binary;
  readonly load: Load;
}

export const i32: I32 = {
  constant: (value) => join([0x41], signed(value)),
  add: binary(0x6a),
  lessThan: binary(0x49),
  load: load(0x28),
};

interface I32x4 {
  splat(value: Code): Code;
  readonly equal: Binary;
}

export const i32x4: I32x4 = {
  splat: (value) => join(value, [0xfd, 0x11]),
  equal: binary(0xfd, 0x37),
};

interface V128 {
  readonly and: Binary;
  /** Bits of `left` where `mask` has ones, of `right` elsewhere. */
  select(left: Code, right: Code, mask: Code): Code;
}

export const v128: V128 = {
  and: binary(0xfd, 0x4e),
  select: (left, right, mask) => join(left, right, mask, [0xfd, 0x52]),
};

interface F32x4 {
  readonly zero: Code;
  readonly minusInfinity: Code;
  readonly greater: Binary;
  readonly add: Binary;
  readonly subtract: Binary;
  readonly multiply: Binary;
  /** left·right + sum, rounded once where the processor can (relaxed SIMD: Node 22 and later). */
  relaxedMultiplyAdd(left: Code, right: Code, sum: Code): Code;
  readonly load: Load;
  /** Loads one number and copies it to all four lanes. */
  readonly loadSplat: Load;
  store(address: Code, value: Code, offset?: number): Code;
}

export const f32x4: F32x4 = {
  zero: join([0xfd, 0x0c], Array<number>(16).fill(0)),
  minusInfinity: join([0xfd, 0x0c], ...Array<Code>(4).fill([0x00, 0x00, 0x80, 0xff])),
  greater: binary(0xfd, 0x44),
  add: binary(0xfd, 0xe4, 0x01),
  subtract: binary(0xfd, 0xe5, 0x01),
  multiply: binary(0xfd, 0xe6, 0x01),
  relaxedMultiplyAdd: (left, right, sum) => join(left, right, sum, [0xfd, 0x85, 0x02]),
  load: load(0xfd, 0x00),
  loadSplat: load(0xfd, 0x09),
  store: (address, value, offset = 0) => join(address, value, [0xfd, 0x0b], unsigned(2), unsigned(offset)),
};

/** Runs `body` once, then again while `condition` holds. */
export const repeatWhile = (condition: Code, body: readonly Code[]): Code =>
  // loop { body; if condition again }
  join([0x03, 0x40], ...body, condition, [0x0d, 0, 0x0b]);

/** Runs `body` when `condition` is not zero. */
export const when = (condition: Code, body: readonly Code[]): Code =>
  join(condition, [0x04, 0x40], ...body, [0x0b]);
