// Nodes that are yet to be made.
import type { Draft, Kind, NodeOf } from './node.ts';

/** Kinds whose type does not follow from operands and attributes: their drafts carry it. */
export type GivenType = 'broadcast' | 'cast' | 'constant' | 'fill' | 'input' | 'reshape' | 'slice';

/** A node to be made: with its type only where that does not follow. */
export type DraftOf<K extends Kind> = K extends GivenType ? NodeOf<K> : Draft<NodeOf<K>>;

/** Drafts of all kinds; a union to be told apart by `kind`. */
export type AnyDraft = { [K in Kind]: DraftOf<K> }[Kind];
