// What a run of the benchmark gives, as it is printed and kept.

export interface Measurement {
  /** What was done, such as `cnn2` (a training step) or `cnn2 evaluation`. */
  readonly name: string;
  /** `onnx`, `wasm`, `canonical`; `torch-plain`, `torch-dense`, `torch-matvec`. */
  readonly engine: string;
  readonly threads: number;
  readonly minMs: number;
  readonly medianMs: number;
  /** Peak resident memory of the process that did it, in units of 10⁶ bytes. */
  readonly peakMb: number;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly platform: string;
  /** Processes that wanted to run, averaged over the minute before; more than a few tenths spoil the comparison. */
  readonly load: number;
  /** The version of PyTorch, or what is missing. */
  readonly torch: string;
}

export interface Results {
  readonly machine: Machine;
  readonly cases: readonly Measurement[];
  /** Quotients of minima by what they compare. */
  readonly ratios: Readonly<Record<string, number>>;
}

/** At the end of a name: the time to the first result of a fresh process, engine opened and step compiled. */
export const FROM_NOTHING = ' from nothing';

/** The measurement of one case, where it was made. */
export const found = (
  cases: readonly Measurement[],
  name: string,
  engine: string,
  threads: number,
): Measurement | undefined =>
  cases.find((each) => each.name === name && each.engine === engine && each.threads === threads);
