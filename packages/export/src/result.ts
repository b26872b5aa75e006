// What is known of an export: plain data beside its files.
import type { ExportTolerance, MappingNetworksError, Spec } from '@mapping-networks/core';

/** Milliseconds of one call, over a few repetitions. */
export interface Latency {
  readonly median: number;
  readonly min: number;
}

/** An export compared with its source, in the runtime that it is for. */
export interface ExportFigures {
  /** Such as `onnxruntime-node 1.30.0, cpu`. */
  readonly runtime: string;
  /** How many inputs both were given. */
  readonly examples: number;
  /** Largest and mean |Δ| of all outputs; of the logits for classifiers. */
  readonly maxDifference: number;
  readonly meanDifference: number;
  /** `maxDifference` relative to the largest |output| of the source. */
  readonly relativeDifference: number;
  /** Share of inputs whose greatest output is the same, in [0, 1]. */
  readonly agreement: number;
  /** Share of right answers, in [0, 1]; absent without labels. */
  readonly accuracy?: { readonly source: number; readonly exported: number };
  /** One input at a time, and 128 at once. */
  readonly latency: { readonly single: Latency; readonly batch: Latency };
}

/** One export: files, figures, and whether it keeps what it promises. */
export interface ExportResult {
  /** Name of the exporter; numbered from the second on where several have it: `onnx`, `onnx-2`. */
  readonly name: string;
  /** The exporter with all its options, as data. */
  readonly spec: Spec;
  /** By name; none where the network could not be written. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Of all files. */
  readonly bytes: number;
  readonly tolerance: ExportTolerance;
  /** Absent where the export could not be written, or not be run. */
  readonly figures?: ExportFigures;
  readonly passed: boolean;
  /** Why it did not pass. */
  readonly error?: MappingNetworksError;
}
