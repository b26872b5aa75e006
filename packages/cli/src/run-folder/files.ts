// The names of the files in a run folder, and how large the reader lets each become.

/** What `train` writes before the first step: all that resuming needs. */
export const RUN = 'run.json';
/** What `train` writes last: the presence of it says that the run is done. */
export const RECORD = 'record.json';
/** One line a step. */
export const LOG = 'log.jsonl';
/** Of a folder of several runs that differ in their seed. */
export const SEEDS = 'seeds.json';
/** The network: all that using it needs. */
export const BUNDLE: readonly string[] = ['config.json', 'latent.safetensors'];
/** The page that `mapnet report` leaves. */
export const REPORT = 'report.html';
/** The chart that `mapnet sensitivity` leaves. */
export const SENSITIVITY = 'sensitivity.svg';
export const CHECKPOINTS = 'checkpoints';
/** Held by the process that works on the run. */
export const LOCK = '.lock';

/** Bytes of run.json and seeds.json; those of real runs have about 3 KB. */
export const MOST_RUN_BYTES: number = 2 ** 20;
/** Bytes of record.json, and values in it: the history of 10,000 epochs takes about 6 MB and 400,000 values. */
export const MOST_RECORD_BYTES: number = 2 ** 27;
export const MOST_RECORD_VALUES = 10_000_000;
/** Bytes of a checkpoint. */
export const MOST_CHECKPOINT_BYTES: number = 2 ** 30;
