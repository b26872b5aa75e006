// What can be said of a value without knowing it.
import { match, P } from 'ts-pattern';
import type { Node } from '../ir/node.ts';

/** No element is NaN or infinite, whatever the inputs are. Few steps back, so that asking is cheap. */
export const isFinite = (node: Node, steps = 6): boolean => {
  if (node.type.dtype !== 'float32') return true;
  if (steps === 0) return false;
  return match(node)
    .with({ kind: 'fill' }, ({ value }) => Number.isFinite(value))
    .with({ kind: P.union('cast', 'oneHot') }, { kind: 'unary', op: P.union('sign', 'step') }, () => true)
    .with(
      { kind: P.union('broadcast', 'concat', 'reshape', 'slice', 'transpose') },
      { kind: 'unary', op: P.union('abs', 'cos', 'neg', 'relu', 'sigmoid', 'sin', 'tanh') },
      ({ operands }) => operands.every((operand) => isFinite(operand, steps - 1)),
    )
    .otherwise(() => false);
};

const NEVER_NEGATIVE: ReadonlySet<string> = new Set([
  'abs',
  'exp',
  'relu',
  'sigmoid',
  'softplus',
  'sqrt',
  'square',
  'step',
]);

/** No element is below 0; NaN may be there. */
export const isNonNegative = (node: Node): boolean => node.kind === 'unary' && NEVER_NEGATIVE.has(node.op);

/** Each element is a whole number that int32 and float32 both have, and none is −0, which int32 lacks. */
export const isWhole = (node: Node): boolean =>
  node.kind === 'oneHot' &&
  [node.on, node.off].every(
    (value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 24 && !Object.is(value, -0),
  );
