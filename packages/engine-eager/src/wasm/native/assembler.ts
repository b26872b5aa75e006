// A very small WebAssembly assembler: functions are declared by the names of their variables and a list of
// instructions, and `assemble` wraps them into a binary module that imports its memory.
import { join } from './instructions.ts';
import type { Code } from './instructions.ts';
import { unsigned } from './leb128.ts';

/** Value types of variables: integers, and vectors of four floats or integers. */
export type ValueType = 'i32' | 'v128';
const typeBytes: Readonly<Record<ValueType, number>> = { i32: 0x7f, v128: 0x7b };

/** A local variable or parameter: how to read it and how to write it. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

/** One function of a module: parameters, further local variables, and a body that leaves no result. */
export interface WasmFunction {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

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

const magicAndVersion: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const vector = (items: readonly Code[]): Code => join(unsigned(items.length), ...items);
const text = (value: string): Code => vector([...new TextEncoder().encode(value)].map((byte) => [byte]));
const section = (id: number, content: Code): Code => join([id], unsigned(content.length), content);

function functionBody(fn: WasmFunction): Code {
  const locals = vector(fn.locals.map((type) => [1, typeBytes[type]]));
  const code = join(locals, fn.body, [0x0b]);
  return join(unsigned(code.length), code);
}

/** The binary module: every function exported by name, memory imported as `env.memory`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map((fn) =>
    join([0x60], vector(fn.params.map((type) => [typeBytes[type]])), unsigned(0)),
  );
  const memory = join(text('env'), text('memory'), [0x02, 0x00, 0x00]);
  return Uint8Array.from(
    join(
      magicAndVersion,
      section(1, vector(types)),
      section(2, vector([memory])),
      section(3, vector(functions.map((_, index) => unsigned(index)))),
      section(7, vector(functions.map((fn, index) => join(text(fn.name), [0x00], unsigned(index))))),
      section(10, vector(functions.map(functionBody))),
    ),
  );
}
