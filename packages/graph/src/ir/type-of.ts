// The type of what each kind of node yields, and whether its operands fit: one table, whose rows are in `type-of/`.
import type { AnyDraft } from './draft.ts';
import { ELEMENTWISE } from './type-of/elementwise.ts';
import { INDEXING } from './type-of/indexing.ts';
import { MOVES } from './type-of/moves.ts';
import { PRODUCTS } from './type-of/products.ts';
import { REDUCTIONS } from './type-of/reductions.ts';
import { SOURCES } from './type-of/sources.ts';
import { SPATIAL } from './type-of/spatial.ts';
import type { TypeRules } from './type-of/type-rules.ts';
import type { ValueType } from './value-type.ts';

const TYPE_OF: TypeRules = {
  ...ELEMENTWISE,
  ...INDEXING,
  ...MOVES,
  ...PRODUCTS,
  ...REDUCTIONS,
  ...SOURCES,
  ...SPATIAL,
};

/**
 * The type of the node that the draft describes.
 *
 * @throws GRAPH_INVALID_NODE when its operands do not fit
 */
export const typeOf = (draft: AnyDraft): ValueType =>
  (TYPE_OF[draft.kind] as (draft: AnyDraft) => ValueType)(draft);
