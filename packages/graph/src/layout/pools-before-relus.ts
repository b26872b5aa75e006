// max-pool ∘ relu = relu ∘ max-pool, and the gradients are the same to the bit: where a window's greatest element is
// above 0, relu changes neither it nor which one it is; where it is not, relu stops the gradient anyway. The relu and
// its gradient then work on the smaller side of the pool.
import { match, P } from 'ts-pattern';
import type { Builder } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { mapGraph } from '../ir/map-graph.ts';
import type { Node, NodeOf } from '../ir/node.ts';

export const poolsBeforeRelus = (graph: Graph, builder: Builder): Graph =>
  mapGraph(graph, builder, (node) =>
    match(node)
      .with({ kind: 'pool2d', op: 'max', operands: [{ kind: 'unary', op: 'relu' }] }, (pool) =>
        poolThenRelu(builder, pool),
      )
      .with({ kind: 'binary', op: 'mul', operands: [P._, P._] }, (product) =>
        gradientThroughPool(builder, product),
      )
      .otherwise(() => node),
  );

/** max-pool(relu(x)) → relu(max-pool(x)) */
const poolThenRelu = (b: Builder, { operands: [relu], window }: NodeOf<'pool2d'>): Node =>
  b.unary('relu', b.pool2d('max', relu.operands[0] as Node, window));

/** max-pool-gradient(dy, relu(x)) · step(x) → max-pool-gradient(dy · step(max-pool(x)), x) */
const gradientThroughPool = (b: Builder, product: NodeOf<'binary'>): Node => {
  const [p, q] = product.operands;
  return throughPool(b, p, q) ?? throughPool(b, q, p) ?? product;
};

const throughPool = (b: Builder, gradient: Node, mask: Node): Node | undefined => {
  if (gradient.kind !== 'maxPool2dGradient') return undefined;
  const [dy, pooled] = gradient.operands;
  if (pooled.kind !== 'unary' || pooled.op !== 'relu') return undefined;
  const [x] = pooled.operands;
  const stepped = mask.kind === 'cast' ? mask.operands[0] : mask;
  if (stepped.kind !== 'unary' || stepped.op !== 'step') return undefined;
  const [of] = stepped.operands;
  if (of !== x && of !== pooled) return undefined;
  const open = b.unary('step', b.unary('relu', b.pool2d('max', x, gradient.window)));
  return b.maxPool2dGradient(b.binary('mul', dy, b.cast(open, dy.type.dtype)), x, gradient.window);
};
