// How long generation took, as `npm run reproduce:generation` keeps it.

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
