// Which kinds a pass still meets: the spatial ones leave the graph when a layout is chosen.
import type { Kind, Node, NodeOf } from './node.ts';

/** Kinds over `[N, H, W, C]` that say nothing of how the numbers lie in memory. */
export type SpatialKind =
  | 'averagePool2dGradient'
  | 'conv2d'
  | 'conv2dFilterGradient'
  | 'conv2dInputGradient'
  | 'maxPool2dGradient'
  | 'pool2d';

/** Kinds that a runtime has operators for. */
export type PrimitiveKind = Exclude<Kind, SpatialKind>;

export type SpatialNode = NodeOf<SpatialKind>;

export type PrimitiveNode = NodeOf<PrimitiveKind>;

const SPATIAL: Readonly<Record<SpatialKind, true>> = {
  averagePool2dGradient: true,
  conv2d: true,
  conv2dFilterGradient: true,
  conv2dInputGradient: true,
  maxPool2dGradient: true,
  pool2d: true,
};

export const isSpatial = (node: Node): node is SpatialNode => Object.hasOwn(SPATIAL, node.kind);
