// What a value of a network depends on: on the example, on weights only, or on nothing but numbers in the code.
import type { Node } from '../ir/node.ts';

/** `runtime`: on what a run is given. `weight`: on weights and nothing else. `literal`: on neither. */
export type Dependence = 'literal' | 'runtime' | 'weight';

/** What a graph was recorded with. */
export interface Recorded {
  /** Names of the inputs that are weights. */
  readonly weights: ReadonlySet<string>;
  /** Size of the batch, which no other side has. */
  readonly batch: number;
}

/**
 * Tells of any node what it depends on. What is stretched to the length of the batch depends on the run. Operands are to
 * be asked before their users.
 */
export const createDependence = ({ weights, batch }: Recorded): ((node: Node) => Dependence) => {
  const known = new WeakMap<Node, Dependence>();
  const computed = (node: Node): Dependence => {
    if (node.kind === 'input') return weights.has(node.name) ? 'weight' : 'runtime';
    const stretched = node.kind === 'fill' || node.kind === 'broadcast';
    if (stretched && node.type.shape.includes(batch)) return 'runtime';
    const operands = new Set(node.operands.map(dependence));
    if (operands.has('runtime')) return 'runtime';
    return operands.has('weight') ? 'weight' : 'literal';
  };
  const dependence = (node: Node): Dependence => {
    const result = known.get(node) ?? computed(node);
    known.set(node, result);
    return result;
  };
  return dependence;
};
