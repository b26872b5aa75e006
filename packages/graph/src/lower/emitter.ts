// Collects the nodes and constants of a model. Values are objects without a name (see `finish.ts`), and saying the
// same twice gives the same value, so that masks, transposed matrices and shapes are made once.
import { ARRAYS } from '../ir/arrays.ts';
import type { OnnxArray, OnnxAttribute, OnnxDomain, OnnxDType } from '../onnx/model.ts';

export interface OnnxType {
  readonly dtype: OnnxDType;
  readonly shape: readonly number[];
}

/** A value of the model in the making; its identity is the object. */
export interface Value extends OnnxType {
  /** What to call it, if that name is still free. */
  label: string;
}

export interface EmittedNode {
  readonly operator: string;
  readonly domain: OnnxDomain;
  readonly inputs: readonly (Value | undefined)[];
  readonly output: Value;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

type Attributes = EmittedNode['attributes'];

/** The nodes and constants of a model in the making. */
export interface Emission {
  readonly nodes: readonly EmittedNode[];
  readonly initializers: ReadonlyMap<Value, OnnxArray>;
  /** A value that comes from outside. */
  input(label: string, type: OnnxType): Value;
  /** Emits into this model; what it emits is labelled `LABEL.operator`. */
  emitter(label: string): Emitter;
}

/** What rules of lowering emit with. */
export interface Emitter {
  /** A constant around the caller's array. */
  tensor(label: string, data: OnnxArray, type: OnnxType): Value;
  /** A number as a constant of shape [], one for all who need it. */
  scalar(value: number, dtype: 'bool' | 'float32' | 'int32'): Value;
  /** Axes, shapes and the like: a constant vector of int64. */
  integers(values: readonly number[]): Value;
  /** A standard operator's result. `undefined` leaves an optional input out. */
  emit(
    operator: string,
    inputs: readonly (Value | undefined)[],
    type: OnnxType,
    attributes?: Attributes,
    domain?: OnnxDomain,
  ): Value;
  /** The same numbers as a value of their own, for outputs. */
  copy(x: Value): Value;
}

export const int = (value: number): OnnxAttribute => ({ type: 'int', value });
export const ints = (value: readonly number[]): OnnxAttribute => ({ type: 'ints', value });
export const float = (value: number): OnnxAttribute => ({ type: 'float', value });

/** Vectors up to this length show in their label what they hold. */
const MOST_SHOWN = 8;

export const createEmission = (): Emission => {
  const nodes: EmittedNode[] = [];
  const initializers = new Map<Value, OnnxArray>();
  const said = new Map<string, Value>();
  const ids = new Map<Value, number>();

  const value = (label: string, { dtype, shape }: OnnxType): Value => {
    const made = { dtype, shape, label };
    ids.set(made, ids.size);
    return made;
  };
  const once = (key: string, make: () => Value): Value => {
    const known = said.get(key);
    if (known !== undefined) return known;
    const made = make();
    said.set(key, made);
    return made;
  };
  const tensor: Emitter['tensor'] = (label, data, type) => {
    const made = value(label, type);
    initializers.set(made, data);
    return made;
  };
  const scalar: Emitter['scalar'] = (number, dtype) => {
    const text = Object.is(number, -0) ? '-0' : String(number);
    const label = dtype === 'float32' ? text : `${dtype}_${text}`;
    return once(`${dtype} ${text}`, () => tensor(label, ARRAYS[dtype].of(number), { dtype, shape: [] }));
  };
  const integers: Emitter['integers'] = (values) => {
    const label = values.length > MOST_SHOWN ? 'int64' : `int64_${values.join('_')}`;
    const type: OnnxType = { dtype: 'int64', shape: [values.length] };
    return once(`int64 ${values.join()}`, () => tensor(label, BigInt64Array.from(values, BigInt), type));
  };

  const emitter = (label: string): Emitter => {
    const push = (node: Omit<EmittedNode, 'output'>, type: OnnxType): Value => {
      const output = value(`${label}.${node.operator.toLowerCase()}`, type);
      nodes.push({ ...node, output });
      return output;
    };
    return {
      tensor,
      scalar,
      integers,
      emit: (operator, inputs, type, attributes = {}, domain = '') => {
        const operands = inputs.map((input) => (input === undefined ? '' : ids.get(input))).join();
        return once(`${domain}.${operator} ${operands} ${type.dtype} ${JSON.stringify(attributes)}`, () =>
          push({ operator, domain, inputs, attributes }, type),
        );
      },
      copy: (x) => push({ operator: 'Identity', domain: '', inputs: [x], attributes: {} }, x),
    };
  };

  return { nodes, initializers, input: value, emitter };
};
