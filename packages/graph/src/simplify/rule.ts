// A rule rewrites one node whose operands are simplified already: what it returns computes the same numbers, undefined
// where it does not apply. Rules look at operands only, never at users, so that a node has one simplest form.
import type { Builder } from '../ir/builder.ts';
import type { Kind, Node, NodeOf } from '../ir/node.ts';

export type Rule<N extends Node = Node> = (node: N, b: Builder) => Node | undefined;

/** Rules by the kind of node that they rewrite, in the order in which they are tried. */
export type RuleTable = { readonly [K in Kind]?: readonly Rule<NodeOf<K>>[] };
