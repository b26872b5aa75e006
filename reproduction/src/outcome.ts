// Results as they are kept: what the command line printed and where it ran, and how long generation took.
import type { Result } from '@mapping-networks/cli';

export interface Outcome {
  /** Of the config. */
  readonly name: string;
  readonly result: Result;
  /** Peak resident memory of the whole process. */
  readonly peakMb: number;
  readonly environment: { readonly node: string; readonly cpu: string; readonly cores: number };
}

export interface GenerationTime {
  readonly target: string;
  readonly latentDim: number;
  readonly projection: string;
  /** materialize and its gradient, one call each, on the wasm engine. */
  readonly step: Timing;
  /** The canonical generator. */
  readonly canonical: Timing;
}

export interface Timing {
  readonly minMs: number;
  readonly medianMs: number;
}
