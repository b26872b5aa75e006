// Writes the nodes that make a constant of what is stored for it. What lies between gets names below that of the constant.
import type { OnnxArray, OnnxDType, OnnxNode, OnnxSide, OnnxTensor } from '../onnx/model.ts';
import type { StoredForm } from './store-constants.ts';

/** A value on the way to the constant. */
export interface FormValue {
  readonly name: string;
  readonly dtype: OnnxDType;
  readonly shape: readonly number[];
}

export interface FormWriter {
  /** Something stored, `CONSTANT.suffix`. */
  stored(suffix: string, data: OnnxArray, type: Omit<FormValue, 'name'>): FormValue;
  /** A vector of int64, such as a shape. */
  integers(suffix: string, values: readonly number[]): FormValue;
  /** The result of an operator, `CONSTANT.suffix`. */
  emit(
    operator: string,
    inputs: readonly FormValue[],
    result: Omit<FormValue, 'name'> & { readonly suffix: string },
    attributes?: OnnxNode['attributes'],
  ): FormValue;
  /** What was written, its last value under the name of the constant. */
  form(): StoredForm;
}

export const formWriter = (constant: string): FormWriter => {
  const initializers: OnnxTensor[] = [];
  const nodes: OnnxNode<OnnxSide>[] = [];
  const stored: FormWriter['stored'] = (suffix, data, { dtype, shape }) => {
    const value = { name: `${constant}.${suffix}`, dtype, shape };
    initializers.push({ ...value, data });
    return value;
  };
  return {
    stored,
    integers: (suffix, values) =>
      stored(suffix, BigInt64Array.from(values, BigInt), { dtype: 'int64', shape: [values.length] }),
    emit: (operator, inputs, { suffix, dtype, shape }, attributes = {}) => {
      const value = { name: `${constant}.${suffix}`, dtype, shape };
      nodes.push({
        operator,
        domain: '',
        inputs: inputs.map(({ name }) => name),
        outputs: [value],
        attributes,
      });
      return value;
    },
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
