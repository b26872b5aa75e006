// From what was emitted to a model: leaves out what no output needs, and names everything.
import type { OnnxModel, OnnxOutput, OnnxValue } from '../onnx/model.ts';
import type { EmittedNode, Emission, Value } from './emitter.ts';

const STANDARD = { domain: '', version: 18 } as const;
const otherSets = (nodes: readonly EmittedNode[]): OnnxModel['operatorSets'] =>
  [...new Set(nodes.map(({ domain }) => domain))]
    .filter((domain) => domain !== '')
    .toSorted()
    .map((domain) => ({ domain, version: 1 }));

/** The nodes that the results depend on, in the order in which they were emitted. */
const needed = (nodes: readonly EmittedNode[], results: Iterable<Value>): readonly EmittedNode[] => {
  const read = new Set<Value | undefined>(results);
  const kept: EmittedNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!read.has(node.output)) continue;
    kept.push(node);
    for (const input of node.inputs) read.add(input);
  }
  return kept.toReversed();
};

/** Gives each value a name of its own: its label, with a number where the label is taken. */
const createNames = (): ((value: Value) => string) => {
  const names = new Map<Value, string>();
  const taken = new Map<string, number>();
  return (value) => {
    const known = names.get(value);
    if (known !== undefined) return known;
    let name = value.label;
    while (taken.has(name)) {
      const again = (taken.get(value.label) ?? 0) + 1;
      taken.set(value.label, again);
      name = `${value.label}.${again}`;
    }
    taken.set(name, 0);
    names.set(value, name);
    return name;
  };
};

export const finish = (
  { nodes, initializers }: Emission,
  inputs: readonly Value[],
  results: readonly (readonly [result: string, value: Value])[],
): OnnxModel => {
  const kept = needed(
    nodes,
    results.map(([, value]) => value),
  );
  const name = createNames();
  const named = (value: Value): OnnxValue => ({
    name: name(value),
    dtype: value.dtype,
    shape: value.shape,
  });
  // In this order, inputs and outputs get the names they ask for; what lies between makes way.
  const namedInputs = inputs.map(named);
  const outputs = results.map(([result, value]): OnnxOutput => ({ ...named(value), result }));
  const read = new Set(kept.flatMap((node) => node.inputs));
  return {
    operatorSets: [STANDARD, ...otherSets(kept)],
    inputs: namedInputs,
    outputs,
    initializers: Array.from(initializers)
      .filter(([value]) => read.has(value))
      .map(([value, data]) => ({ ...named(value), data })),
    nodes: kept.map((node) => ({
      operator: node.operator,
      domain: node.domain,
      inputs: node.inputs.map((input) => (input === undefined ? '' : name(input))),
      outputs: [named(node.output)],
      attributes: node.attributes,
    })),
  };
};
