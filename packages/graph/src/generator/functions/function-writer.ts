// Writes functions of a model: operators on values that have neither types nor names that anybody reads.
import { int, ints } from '../../lower/emitter.ts';
import type { OnnxFunction, OnnxFunctionNode } from '../../onnx/model.ts';
import { namesBeside } from '../short-names.ts';

export interface FunctionWriter {
  /** The result of an operator. */
  emit(operator: string, inputs: readonly string[], attributes?: OnnxFunctionNode['attributes']): string;
  /** A constant scalar of int64. */
  integer(value: number): string;
  /** A constant vector of int64. */
  integers(...values: readonly number[]): string;
  /** The numbers of a vector, each a vector of one: for many constants that is shorter than as many scalars. */
  split(vector: string, count: number): readonly string[];
  /** The two results of another function of the model. */
  pair(name: string, inputs: readonly string[]): readonly [string, string];
}

/** A function of inputs by these names; `body` returns its results. */
export const writeFunction = (
  name: string,
  inputs: readonly string[],
  body: (writer: FunctionWriter) => readonly string[],
): OnnxFunction => {
  const nodes: OnnxFunctionNode[] = [];
  const free = namesBeside(inputs);
  const push = (node: Omit<OnnxFunctionNode, 'outputs'>, count: number): readonly string[] => {
    const outputs = Array.from({ length: count }, free);
    nodes.push({ ...node, outputs });
    return outputs;
  };
  const emit: FunctionWriter['emit'] = (operator, given, attributes = {}) =>
    push({ operator, domain: '', inputs: given, attributes }, 1)[0] as string;
  const outputs = body({
    emit,
    integer: (value) => emit('Constant', [], { value_int: int(value) }),
    integers: (...values) => emit('Constant', [], { value_ints: ints(values) }),
    split: (vector, count) =>
      push(
        { operator: 'Split', domain: '', inputs: [vector], attributes: { num_outputs: int(count) } },
        count,
      ),
    pair: (operator, given) =>
      push({ operator, domain: 'local', inputs: given, attributes: {} }, 2) as readonly [string, string],
  });
  return { name, inputs, outputs, nodes };
};
