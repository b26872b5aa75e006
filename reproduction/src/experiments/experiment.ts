// What is trained: a config, under a name, from one or more seeds. Whatever a config leaves out is the library's default.

/** A config as plain JSON, of the form that `mapnet train --config` takes. */
export type Json = { readonly [Key in string]: unknown };

/** Test accuracy in per cent, as published. */
export interface Published {
  readonly paper: number;
  /** Where another table of the paper gives another figure for the same row. */
  readonly paperElsewhere?: number;
  /** The best independent reproduction that we know of. */
  readonly reproduction: number;
}

export interface Experiment {
  readonly name: string;
  readonly config: Json;
  readonly seeds: readonly number[];
  /** Of rows of the paper. */
  readonly published?: Published;
  /** What is done to the trained network. */
  readonly compressed?: Compressed;
}

/** A network that another experiment trains, made smaller by `mapnet export`. */
export interface Compressed {
  /** The experiment that trains it: the same config, so that a run serves both. */
  readonly of: string;
  /** Passes by name with options, in their order. */
  readonly passes: readonly Json[];
}
