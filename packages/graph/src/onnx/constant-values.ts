// What of a model is the same in every run.
import type { OnnxNode, OnnxSide, OnnxTensor } from './model.ts';

/** Constants, and what is computed of nothing else; '' stands for an input that is left out. */
export const constantValues = (
  nodes: readonly OnnxNode<OnnxSide>[],
  initializers: readonly OnnxTensor[],
): ReadonlySet<string> => {
  const values = new Set(['', ...initializers.map(({ name }) => name)]);
  for (const { inputs, outputs } of nodes) {
    if (inputs.every((name) => values.has(name))) for (const { name } of outputs) values.add(name);
  }
  return values;
};
