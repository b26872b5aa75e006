// Writes the nodes that make a constant of what is stored for it. What lies between gets names below that of the constant.
import type { OnnxArray, OnnxDType, OnnxNode, OnnxSide, OnnxTensor } from '../onnx/model.ts';
import { sameShape } from '../ir/same-shape.ts';
import type { StoredForm } from './store-constants.ts';

/** A value on the way to the constant. */
export interface FormValue {
  readonly name: string;
  readonly dtype: OnnxDType;
  readonly shape: readonly number[];
}

/** A value before it has its name, `CONSTANT.suffix`. */
export type FormResult = Omit<FormValue, 'name'> & { readonly suffix: string };

export interface FormWriter {
  /** Something stored, `CONSTANT.suffix`. */
  stored(suffix: string, data: OnnxArray, type: Omit<FormValue, 'name'>): FormValue;
  /** A scalar of int64. */
  integer(suffix: string, value: number): FormValue;
  /** A vector of int64, such as a shape. */
  integers(suffix: string, values: readonly number[]): FormValue;
  /** The result of an operator, `CONSTANT.suffix`. */
  emit(
    operator: string,
    inputs: readonly FormValue[],
    result: FormResult,
    attributes?: OnnxNode['attributes'],
  ): FormValue;
  /** The result of a function of the model. */
  call(name: string, inputs: readonly FormValue[], result: FormResult): FormValue;
  /** The same numbers in another shape; as they are where they have it. */
  reshape(value: FormValue, shape: readonly number[], suffix: string): FormValue;
  /** What lies between two corners; as it is where that is all. */
  slice(value: FormValue, begin: readonly number[], end: readonly number[], suffix: string): FormValue;
  /** What was written, its last value under the name of the constant. */
  form(): StoredForm;
  /** What was written, every value under its own name. */
  parts(): StoredForm;
}

export const formWriter = (constant: string): FormWriter => {
  const initializers: OnnxTensor[] = [];
  const nodes: OnnxNode<OnnxSide>[] = [];
  const stored: FormWriter['stored'] = (suffix, data, { dtype, shape }) => {
    const value = { name: `${constant}.${suffix}`, dtype, shape };
    initializers.push({ ...value, data });
    return value;
  };
  const push = (
    node: Pick<OnnxNode, 'operator' | 'domain' | 'attributes'>,
    inputs: readonly FormValue[],
    { suffix, ...type }: FormResult,
  ): FormValue => {
    const output = { ...type, name: `${constant}.${suffix}` };
    nodes.push({ ...node, inputs: inputs.map(({ name }) => name), outputs: [output] });
    return output;
  };
  const integers: FormWriter['integers'] = (suffix, values) =>
    stored(suffix, BigInt64Array.from(values, BigInt), { dtype: 'int64', shape: [values.length] });
  const emit: FormWriter['emit'] = (operator, inputs, result, attributes = {}) =>
    push({ operator, domain: '', attributes }, inputs, result);
  return {
    stored,
    integer: (suffix, value) =>
      stored(suffix, BigInt64Array.of(BigInt(value)), { dtype: 'int64', shape: [] }),
    integers,
    emit,
    reshape: (value, shape, suffix) => {
      if (sameShape(shape, value.shape)) return value;
      const sides = integers(`${suffix}.sides`, shape);
      return emit('Reshape', [value, sides], { dtype: value.dtype, shape, suffix });
    },
    slice: (value, begin, end, suffix) => {
      const shape = end.map((side, axis) => side - (begin[axis] as number));
      if (sameShape(shape, value.shape)) return value;
      const corners = [integers(`${suffix}.begin`, begin), integers(`${suffix}.end`, end)];
      return emit('Slice', [value, ...corners], { dtype: value.dtype, shape, suffix });
    },
    call: (operator, inputs, result) => push({ operator, domain: 'local', attributes: {} }, inputs, result),
    parts: () => ({ initializers, nodes }),
    form: () => {
      const last = nodes.pop();
      const [result] = last?.outputs ?? [];
      if (last !== undefined && result !== undefined) {
        nodes.push({ ...last, outputs: [{ ...result, name: constant }] });
      }
      return { initializers, nodes };
    },
  };
};
