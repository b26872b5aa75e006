// A model that also gives what flows inside it.
import type { OnnxNode, OnnxOutput, OnnxSide, PortableModel } from '../onnx/model.ts';
import { noSuchValue } from '../errors.ts';

/**
 * The same model with more outputs, under their names; an input comes out as `NAME.out`. For calibration: what
 * activations look like is seen by running it.
 *
 * @throws GRAPH_NO_SUCH_VALUE
 * @example
 * ```ts
 * import { withOutputs, type PortableModel } from '@mapping-networks/graph';
 * const value = (name: string) => ({ name, dtype: 'float32', shape: ['batch', 2] }) as const;
 * const model: PortableModel = {
 *   operatorSets: [{ domain: '', version: 18 }],
 *   inputs: [value('x')],
 *   outputs: [{ ...value('y'), result: 'y' }],
 *   initializers: [],
 *   nodes: [
 *     { operator: 'Exp', domain: '', inputs: ['x'], outputs: [value('h')], attributes: {} },
 *     { operator: 'Relu', domain: '', inputs: ['h'], outputs: [value('y')], attributes: {} },
 *   ],
 * };
 * console.log(withOutputs(model, ['x', 'h']).outputs.map(({ name, result }) => [name, result]));
 * // [ [ 'y', 'y' ], [ 'x.out', 'x' ], [ 'h', 'h' ] ]
 * ```
 */
export const withOutputs = (model: PortableModel, names: readonly string[]): PortableModel => {
  const values = new Map(model.nodes.flatMap(({ outputs }) => outputs.map((value) => [value.name, value])));
  const inputs = new Map(model.inputs.map((value) => [value.name, value]));
  const given = new Set(model.outputs.map(({ name }) => name));
  const copies: OnnxNode<OnnxSide>[] = [];
  const added = names
    .filter((name) => !given.has(name))
    .map((name): OnnxOutput<OnnxSide> => {
      const value = values.get(name);
      if (value !== undefined) return { ...value, result: name };
      const input = inputs.get(name);
      if (input === undefined) throw noSuchValue(name);
      const copy = { ...input, name: `${name}.out` };
      copies.push({ operator: 'Identity', domain: '', inputs: [name], outputs: [copy], attributes: {} });
      return { ...copy, result: name };
    });
  return { ...model, nodes: [...model.nodes, ...copies], outputs: [...model.outputs, ...added] };
};
