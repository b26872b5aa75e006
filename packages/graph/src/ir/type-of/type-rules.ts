// What a table of types looks like.
import type { DraftOf } from '../draft.ts';
import type { Kind } from '../node.ts';
import type { ValueType } from '../value-type.ts';

/** One row for each of some kinds: the type of what it computes. */
export type TypeRulesOf<Some extends Kind> = { readonly [K in Some]: (draft: DraftOf<K>) => ValueType };

/** One row a kind. */
export type TypeRules = TypeRulesOf<Kind>;
