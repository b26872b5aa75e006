// What can be said of a value without knowing it.
import type { Node } from '../ir/node.ts';

/** No element is NaN or infinite, whatever the inputs are. Few steps back, so that asking is cheap. */
export const isFinite = (node: Node, steps = 6): boolean => {
  if (node.type.dtype !== 'float32') return true;
  if (steps === 0) return false;
  const all = (): boolean => node.operands.every((operand) => isFinite(operand, steps - 1));
  switch (node.kind) {
    case 'fill':
      return Number.isFinite(node.value);
    case 'cast':
    case 'oneHot':
      return true;
    case 'unary':
      return node.op === 'step' || node.op === 'sign' || (KEEP_FINITE.has(node.op) && all());
    case 'broadcast':
    case 'concat':
    case 'reshape':
    case 'slice':
    case 'transpose':
      return all();
    default:
      return false;
  }
};

const KEEP_FINITE: ReadonlySet<string> = new Set(['abs', 'cos', 'neg', 'relu', 'sigmoid', 'sin', 'tanh']);

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
