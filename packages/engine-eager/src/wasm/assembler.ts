// A very small WebAssembly assembler: expressions are arrays of bytes, instructions are functions from
// expressions to expressions, and `assemble` wraps functions into a module that imports its memory.
// It knows only the instructions that the kernels of this folder need (WebAssembly 2.0 with SIMD).

/** Bytes of an instruction sequence. */
export type Code = readonly number[];

/** Value types, as the binary format encodes them. */
export const valueTypes = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

/** A local variable or parameter: how to read it and how to write it. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

/** One function of a module: named parameters and locals, and a body that produces no result. */
export interface WasmFunction {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

const join = (...parts: readonly Code[]): Code => parts.flat();

/** LEB128 of an unsigned number. */
const unsigned = (value: number): Code => {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
};

/** LEB128 of a signed 32-bit number. */
const signed = (value: number): Code => {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
};

const binary =
  (...opcode: Code) =>
  (left: Code, right: Code): Code =>
    join(left, right, opcode);

/** Memory access with a constant byte offset added to the address. */
const access =
  (align: number, ...opcode: Code) =>
  (address: Code, offset = 0): Code =>
    join(address, opcode, unsigned(align), unsigned(offset));

export const i32 = {
  constant: (value: number): Code => join([0x41], signed(value)),
  add: binary(0x6a),
  lessThan: binary(0x49),
  load: access(2, 0x28),
} as const;

export const i32x4 = {
  splat: (value: Code): Code => join(value, [0xfd, 0x11]),
  equal: binary(0xfd, 0x37),
} as const;

export const v128 = {
  and: binary(0xfd, 0x4e),
  /** Bits of `left` where `mask` has ones, of `right` elsewhere. */
  select: (left: Code, right: Code, mask: Code): Code => join(left, right, mask, [0xfd, 0x52]),
} as const;

export const f32x4 = {
  zero: join([0xfd, 0x0c], Array<number>(16).fill(0)),
  minusInfinity: join([0xfd, 0x0c], ...Array<Code>(4).fill([0x00, 0x00, 0x80, 0xff])),
  greater: binary(0xfd, 0x44),
  add: binary(0xfd, 0xe4, 0x01),
  multiply: binary(0xfd, 0xe6, 0x01),
  /** left·right + sum, rounded once where the processor can (relaxed SIMD: Node 22 and later). */
  relaxedMultiplyAdd: (left: Code, right: Code, sum: Code): Code => join(left, right, sum, [0xfd, 0x85, 0x02]),
  load: access(2, 0xfd, 0x00),
  /** Loads one number and copies it to all four lanes. */
  loadSplat: access(2, 0xfd, 0x09),
  store: (address: Code, value: Code, offset = 0): Code =>
    join(address, value, [0xfd, 0x0b], unsigned(2), unsigned(offset)),
} as const;

/** Runs `body` once, then again while `condition` holds. */
export const repeatWhile = (condition: Code, body: readonly Code[]): Code =>
  // loop { body; if condition again }
  join([0x03, 0x40], ...body, condition, [0x0d, 0, 0x0b]);

/** Runs `body` when `condition` is not zero. */
export const when = (condition: Code, body: readonly Code[]): Code =>
  join(condition, [0x04, 0x40], ...body, [0x0b]);

/**
 * Declares a function by the names and types of its parameters and locals.
 * `body` gets each of them as a `Local`.
 */
export function defineFunction<P extends string, L extends string>(
  name: string,
  params: Readonly<Record<P, ValueType>>,
  locals: Readonly<Record<L, ValueType>>,
  body: (local: (name: P | L) => Local) => readonly Code[],
): WasmFunction {
  const names = [...Object.keys(params), ...Object.keys(locals)];
  const local = (wanted: P | L): Local => {
    const index = unsigned(names.indexOf(wanted));
    return { get: join([0x20], index), set: (value) => join(value, [0x21], index) };
  };
  return {
    name,
    params: Object.values<ValueType>(params),
    locals: Object.values<ValueType>(locals),
    body: join(...body(local)),
  };
}

const vector = (items: readonly Code[]): Code => join(unsigned(items.length), ...items);
const text = (value: string): Code => vector([...new TextEncoder().encode(value)].map((byte) => [byte]));
const section = (id: number, content: Code): Code => join([id], unsigned(content.length), content);

function functionBody(fn: WasmFunction): Code {
  const locals = vector(fn.locals.map((type) => [1, valueTypes[type]]));
  const code = join(locals, fn.body, [0x0b]);
  return join(unsigned(code.length), code);
}

/** The binary module: every function exported by name, memory imported as `env.memory`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map((fn) =>
    join([0x60], vector(fn.params.map((type) => [valueTypes[type]])), unsigned(0)),
  );
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([join(text('env'), text('memory'), [0x02, 0x00, 0x00])])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(functions.map((fn, index) => join(text(fn.name), [0x00], unsigned(index))))),
    ...section(10, vector(functions.map(functionBody))),
  ]);
}
