// A slot is an option that holds another part (or a list of parts). Which options are slots, and of which kind, is
// derived from the options interface, so that a declaration of slots can be neither incomplete nor wrong.
import type { Kind } from '../contracts/contracts.ts';
import type { Part } from './part.ts';

/** Keys of the options whose values are parts or lists of parts. */
export type SlotKeys<O> = {
  [P in keyof O]-?: NonNullable<O[P]> extends Part | readonly Part[] ? P : never;
}[keyof O];

type SlotKind<V> = V extends Part<infer K> ? K : V extends readonly Part<infer K>[] ? K : never;

/** How a slot is filled: the kind it takes, and the part it holds when the user gives none. */
export type Slot<V> = {
  readonly kind: SlotKind<NonNullable<V>>;
  /** Absent: the user must fill the slot. */
  readonly default?: () => V;
} & (NonNullable<V> extends readonly Part[] ? { readonly many: true } : { readonly many?: never });

/** One entry for each slot of the options. */
export type SlotsOf<O> = { readonly [P in SlotKeys<O>]-?: Slot<O[P]> };

/** A slot as shared code sees it. */
export interface AnySlot {
  readonly kind: Kind;
  /** Makes the part (or list of parts) used when the user gives none. Absent: the user must fill the slot. */
  readonly default?: () => unknown;
  readonly many?: true;
}
