// The part of a graph that depends on constants only, cut off into a graph of its own: TensorFlow.js runs it once, at the
// first call, and keeps what comes out as inputs of all calls.
import { FLOAT, type NodeDef } from './graph-def.ts';

export interface SplitGraph {
  readonly nodes: readonly NodeDef[];
  readonly initializer: readonly NodeDef[];
  /** Nodes of the initializer whose values are inputs of the other graph. */
  readonly captured: readonly string[];
}

export const split = (nodes: readonly NodeDef[]): SplitGraph => {
  const fixed = new Set<string>();
  for (const { name, op, input = [] } of nodes)
    if (op === 'Const' || (input.length > 0 && input.every((each) => fixed.has(each)))) fixed.add(name);
  const usedBy = (users: readonly NodeDef[]): ReadonlySet<string> =>
    new Set(users.flatMap(({ input = [] }) => input));
  const made = nodes.filter(({ name, op }) => fixed.has(name) && op !== 'Const');
  const rest = nodes.filter(({ name }) => !fixed.has(name));
  const [usedEarly, usedLate] = [usedBy(made), usedBy(rest)];
  const constants = nodes.filter(({ op }) => op === 'Const');
  const captured = made.map(({ name }) => name).filter((name) => usedLate.has(name));
  return {
    nodes: [
      ...constants.filter(({ name }) => usedLate.has(name)),
      ...captured.map((name) => ({ name, op: 'Placeholder', attr: { dtype: FLOAT } })),
      ...rest,
    ],
    initializer: [...constants.filter(({ name }) => usedEarly.has(name)), ...made],
    captured,
  };
};
