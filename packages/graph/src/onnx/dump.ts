// A model as text to read: what flows in and out, the constants, and one line a node.
import type {
  OnnxAttribute,
  OnnxFunction,
  OnnxFunctionNode,
  OnnxNode,
  OnnxSide,
  OnnxTensor,
  OnnxValue,
  PortableModel,
} from './model.ts';

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

const callText = ({ operator, domain, inputs, outputs, attributes }: OnnxFunctionNode): string => {
  const entries = Object.entries(attributes).map(([key, value]) => `${key}: ${attributeText(value)}`);
  const called = `${domain === '' ? '' : `${domain}.`}${operator}(${inputs.join(', ')})`;
  const options = entries.length === 0 ? '' : ` { ${entries.join(', ')} }`;
  return `${outputs.join(', ')} = ${called}${options}`;
};

const nodeText = (node: OnnxNode<OnnxSide>): string => {
  const outputs = node.outputs.map(({ name }) => name);
  return `${callText({ ...node, outputs })} : ${node.outputs.map(typeText).join(', ')}`;
};

const functionLines = ({ name, inputs, outputs, nodes }: OnnxFunction): readonly string[] =>
  section(`function ${name}(${inputs.join(', ')}) → ${outputs.join(', ')}`, nodes.map(callText));

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];

/**
 * The model as text: inputs, constants (small ones with their numbers), nodes in order, outputs, functions.
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
export const dumpModel = ({
  inputs,
  initializers,
  nodes,
  outputs,
  operatorSets,
  functions = [],
}: PortableModel): string =>
  [
    `operator sets: ${operatorSets.map(({ domain, version }) => `${domain === '' ? 'onnx' : domain} ${version}`).join(', ')}`,
    ...section('inputs', inputs.map(valueText)),
    ...section('constants', initializers.map(tensorText)),
    ...section('nodes', nodes.map(nodeText)),
    ...section(
      'outputs',
      outputs.map((output) => `${output.result} = ${valueText(output)}`),
    ),
    ...functions.flatMap(functionLines),
    '',
  ].join('\n');
