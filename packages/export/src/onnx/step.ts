// What a target computes in inference, as a step with one input and one output, weights and buffers by their names.
import type { Model, Step } from '@mapping-networks/core';

/** What the ONNX models of this package call what goes in and what comes out. */
export const INPUT = 'input';
export const OUTPUT = 'output';

/** Names of weights are `LAYER.kernel`: none is one of these two, unless a target of one's own says so. */
export const inferenceStep =
  ({ target }: Model): Step =>
  (tensors) => {
    const { parameters, buffers, apply } = target.impl;
    const those = (specs: readonly { readonly name: string }[]): Record<string, (typeof tensors)[string]> =>
      Object.fromEntries(specs.flatMap(({ name }) => entry(tensors, name)));
    const [x] = entry(tensors, INPUT).map(([, tensor]) => tensor);
    if (x === undefined) throw new TypeError(`no tensor '${INPUT}'`);
    const { output } = apply(those(parameters.parameters), those(buffers), x, { training: false, masks: {} });
    return { [OUTPUT]: output };
  };

const entry = <T>(entries: Readonly<Record<string, T>>, name: string): [string, T][] => {
  const value = entries[name];
  return value === undefined ? [] : [[name, value]];
};
