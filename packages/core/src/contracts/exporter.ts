// An exporter writes a network as files for some other runtime, and loads them there again, so that what it claims of
// them is measured.
import type { ArrayTensor } from '../arrays.ts';
import type { Model } from '../model.ts';

/** What was exported, loaded in the runtime that it is for. */
export interface ExportedNetwork {
  /** For people: runtime and version, such as `onnxruntime-node 1.30.0, cpu`. */
  readonly runtime: string;
  /** Outputs `[batch, ...outputShape]` for inputs `[batch, ...inputShape]`, any batch of at least 1. */
  run(x: ArrayTensor): Promise<ArrayTensor>;
  /** Frees what loading took. */
  dispose(): void;
}

/** How far outputs may be from those of the source before the export counts as failed. */
export interface ExportTolerance {
  /** Largest |Δ| of any output, relative to the largest |output| of the source; absent: not limited. */
  readonly output?: number;
  /** Largest loss of accuracy, in [0, 1]; absent: not limited. */
  readonly accuracy?: number;
}

/** What an exporter gets beside the network. */
export interface ExportContext {
  /** Inputs `[examples, ...inputShape]` of the kind that the network was trained on, for calibration. */
  readonly calibration?: ArrayTensor;
}

/** The contract of kind `exporter`: a network to files, and these files in their own runtime. */
export interface Exporter {
  /** What the export promises; beyond it, it fails. */
  readonly tolerance: ExportTolerance;
  /** Files by name, relative and without folders above them. The same network gives the same bytes. */
  write(model: Model, context: ExportContext): Promise<Readonly<Record<string, Uint8Array>>>;
  /** Loads files that `write` made; rejects where their runtime cannot be had, with a remedy. `model` is their source. */
  load(files: Readonly<Record<string, Uint8Array>>, model: Model): Promise<ExportedNetwork>;
}
