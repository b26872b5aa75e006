// One reproduced result as it is kept: what the command line printed, and where it ran.
import type { Result } from '@mapping-networks/cli';

export interface Outcome {
  /** Of the config. */
  readonly name: string;
  readonly result: Result;
  /** Peak resident memory of the whole process. */
  readonly peakMb: number;
  readonly environment: { readonly node: string; readonly cpu: string; readonly cores: number };
}
