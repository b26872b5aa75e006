// A part is a configured plugin: data (kind, name, whole options) beside behaviour (impl). Because both are there, a
// run can be recorded from its parts and repeated from the record.
import type { Contracts, Kind } from '../contracts/contracts.ts';

/**
 * A configured plugin: frozen data (`kind`, `name`, `options`) beside what it does (`impl`, of type `Contracts[K]`).
 */
export interface Part<K extends Kind = Kind, N extends string = string, O extends object = object> {
  readonly kind: K;
  readonly name: N;
  /** Every option, defaults written out. Slots hold parts. */
  readonly options: Readonly<O>;
  readonly impl: Contracts[K];
}

/**
 * Whether a value is a part, of `kind` if one is given. Structural: parts may come from any copy of the library.
 *
 * @example
 * ```ts
 * import { hadamard, isPart } from '@mapping-networks/core';
 * console.log(isPart(hadamard(), 'projection'), isPart(hadamard(), 'loss'), isPart(hadamard)); // true false false
 * ```
 */
export const isPart = <K extends Kind = Kind>(value: unknown, kind?: K): value is Part<K> =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'name' in value &&
  'options' in value &&
  'impl' in value &&
  (kind === undefined || value.kind === kind);
