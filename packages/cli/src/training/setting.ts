// What it takes to train in a run folder, whether from the first step or from a checkpoint.
import type { Pipeline } from 'mapping-networks';
import type { Output } from '../output.ts';
import type { Progress } from '../progress/progress.ts';

export interface RunSetting {
  readonly pipeline: Pipeline;
  /** Absolute. */
  readonly folder: string;
  /** What messages and the result call it. */
  readonly path: string;
  /** The outermost folder that was made for it already. */
  readonly made?: string;
  /** The command line that goes on with the run when it is cut short. */
  readonly resume: string;
  /** How many of the latest checkpoints are kept. */
  readonly keep: number;
  /** The config file that brought plugins, relative to the run folder. */
  readonly configFile: string | undefined;
  /** For words. */
  readonly text: Output;
  /** For what --verbose adds to them. */
  readonly details: Output;
  readonly show: Progress;
}
