// What a rule looks like that does to weights what would be done to activations.
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';
import type { Dependence } from './dependence.ts';

/** What rules are given beside the node. */
export interface Absorbing {
  readonly b: Builder;
  readonly dependence: (node: Node) => Dependence;
  /** Whether numbers of the weights in it have to stay as they are. */
  readonly isExact: (node: Node) => boolean;
  /** Whether nothing but the node at hand reads this operand of it, by its place. */
  readonly alone: (operand: number) => boolean;
}

/** What a node becomes; undefined where the rule does not apply. */
export type AbsorbingRule = (node: Node, absorbing: Absorbing) => Node | undefined;
