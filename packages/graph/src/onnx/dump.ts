// A model as text to read: what flows in and out, the constants, and one line a node.
import type { OnnxAttribute, OnnxNode, OnnxSide, OnnxTensor, OnnxValue, PortableModel } from './model.ts';

/** Constants up to so many numbers are written out. */
const MOST_NUMBERS = 8;

const typeText = ({ dtype, shape }: OnnxValue<OnnxSide>): string => `${dtype}[${shape.join(', ')}]`;

const valueText = (value: OnnxValue<OnnxSide>): string => `${value.name}: ${typeText(value)}`;

const tensorText = (tensor: OnnxTensor): string => {
  const { data } = tensor;
  return data.length > MOST_NUMBERS ? valueText(tensor) : `${valueText(tensor)} = ${data.join(', ')}`;
};

const attributeText = ({ value }: OnnxAttribute): string =>
  Array.isArray(value) ? `[${value.join(', ')}]` : String(value);

const nodeText = ({ operator, domain, inputs, outputs, attributes }: OnnxNode<OnnxSide>): string => {
  const names = outputs.map(({ name }) => name).join(', ');
  const entries = Object.entries(attributes).map(([key, value]) => `${key}: ${attributeText(value)}`);
  const called = `${domain === '' ? '' : `${domain}.`}${operator}(${inputs.join(', ')})`;
  return [
    `${names} = ${called}`,
    ...(entries.length === 0 ? [] : [`{ ${entries.join(', ')} }`]),
    `: ${outputs.map(typeText).join(', ')}`,
  ].join(' ');
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];

/**
 * The model as text: inputs, constants (small ones with their numbers), nodes in order, outputs.
 *
 * @example
 * ```ts
 * import { dumpModel } from '@mapping-networks/graph';
 * const x = { name: 'x', dtype: 'float32', shape: [2] } as const;
 * const y = { ...x, name: 'y' };
 * const text = dumpModel({
 *   operatorSets: [{ domain: '', version: 18 }],
 *   inputs: [x],
 *   outputs: [{ ...y, result: 'y' }],
 *   initializers: [],
 *   nodes: [{ operator: 'Relu', domain: '', inputs: ['x'], outputs: [y], attributes: {} }],
 * });
 * console.log(text.split('\n')[4]?.trim()); // y = Relu(x) : float32[2]
 * ```
 */
export const dumpModel = ({ inputs, initializers, nodes, outputs, operatorSets }: PortableModel): string =>
  [
    `operator sets: ${operatorSets.map(({ domain, version }) => `${domain === '' ? 'onnx' : domain} ${version}`).join(', ')}`,
    ...section('inputs', inputs.map(valueText)),
    ...section('constants', initializers.map(tensorText)),
    ...section('nodes', nodes.map(nodeText)),
    ...section(
      'outputs',
      outputs.map((output) => `${output.result} = ${valueText(output)}`),
    ),
    '',
  ].join('\n');
