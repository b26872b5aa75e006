// The parts that a run is made of, checked, with their defaults.
import type { DatasetSplits, LossWarning, Part } from '@mapping-networks/core';
import { checkPart, checkParts, requireOptions } from '../check-part.ts';
import { invalidSettings, unknownOption } from '../errors.ts';
import { defaultMetrics } from '../metrics/default-metrics.ts';
import type { Checkpoint, CheckpointStore } from '../checkpoint/checkpoint.ts';
import { adamW } from '../optimizers/adam.ts';
import { cosine } from '../schedules/cosine.ts';
import { settingNames, type TrainSettings } from './settings.ts';
import type { TrainStart } from './start.ts';

/** The parts of a run. */
export interface TrainParts {
  readonly target: Part<'target'>;
  readonly parameterization: Part<'parameterization'>;
  readonly loss: Part<'loss'>;
  readonly dataset: Part<'dataset'>;
  readonly engine: Part<'engine'>;
  /** Default `adamW()`. */
  readonly optimizer: Part<'optimizer'>;
  /** Default `cosine()`. */
  readonly schedule: Part<'schedule'>;
  /**
   * Default: accuracy for classification, mean absolute error for regression. The first one makes the gap; the second
   * of a name is scored as `NAME2`.
   */
  readonly metrics: readonly Part<'metric'>[];
  /** Told of every event, in this order. */
  readonly callbacks: readonly Part<'callback'>[];
}

type Optional = 'optimizer' | 'schedule' | 'metrics' | 'callbacks';

/** What `train` takes: parts, any of the settings, a way to end the run, splits that are loaded already. */
export interface TrainOptions
  extends Omit<TrainParts, Optional>, Partial<Pick<TrainParts, Optional>>, Partial<TrainSettings> {
  /** Ends the run after the step that is being done. */
  readonly signal?: AbortSignal;
  /** The splits of `dataset`, when they are loaded already. */
  readonly splits?: DatasetSplits;
  /**
   * Where checkpoints go: at regular places (`checkpointEvery`, the end of an epoch), and where the run is aborted or
   * stopped; the best on validation beside them. A state with a number that is not finite is never saved.
   */
  readonly checkpoints?: CheckpointStore;
  /**
   * Goes on from here instead of the start. Parts and settings must be those of the run that the checkpoint is of;
   * engine, callbacks, `patience`, `timeLimit`, `checkpointEvery`, `evaluationBatchSize` and `trainScoreLimit` may be
   * others (`checkpointEvery` not with `onNan: 'halve-lr'`). On the same engine, the result is that of the run without
   * the interruption, bit for bit.
   */
  readonly resume?: Checkpoint;
  /**
   * A network of the same target and parameterization, such as a model: the run begins with its trainables and buffers
   * instead of fresh ones, and its constants, such as a mask, stay as they are. They are not in checkpoints: a run that
   * began with constants is resumed with the same ones given here again, and then goes on with the checkpoint's
   * trainables and buffers.
   */
  readonly from?: TrainStart;
  /** What is known to deserve a warning before the run: told and kept with those of the run itself. */
  readonly warnings?: readonly LossWarning[];
  /** Milliseconds that pass, for `seconds` and `timeLimit`. Default `performance.now`. */
  readonly now?: () => number;
}

const NAMES: readonly string[] = [
  'target',
  'parameterization',
  'loss',
  'dataset',
  'engine',
  'optimizer',
  'schedule',
  'metrics',
  'callbacks',
  'signal',
  'splits',
  'checkpoints',
  'resume',
  'from',
  'warnings',
  'now',
  ...settingNames,
];

/** @throws TRAIN_UNKNOWN_OPTION, TRAIN_INVALID_PART, TRAIN_INVALID_OPTION */
export const resolveParts = (options: TrainOptions): TrainParts => {
  requireOptions('train', options);
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw unknownOption(unknown, NAMES);
  const {
    target,
    parameterization,
    loss,
    dataset,
    engine,
    optimizer = adamW(),
    schedule = cosine(),
  } = options;
  const single = { target, parameterization, loss, dataset, engine, optimizer, schedule };
  for (const [kind, part] of Object.entries(single)) checkPart(kind, kind as keyof typeof single, part);
  const { metrics = defaultMetrics(dataset.impl.info.task), callbacks = [] } = options;
  checkParts('metrics', 'metric', metrics);
  checkParts('callbacks', 'callback', callbacks);
  checkKeeping(options);
  return Object.freeze({ ...single, metrics: [...metrics], callbacks: [...callbacks] });
};

/** What is used late in a run is looked at before it. */
const checkKeeping = ({ checkpoints, resume, from, warnings = [], now }: TrainOptions): void => {
  const refuse = (option: string, message: string, received: unknown): never => {
    throw invalidSettings([{ path: [option], message, received }]);
  };
  const isFunction = (owner: object, name: string): boolean => typeof Reflect.get(owner, name) === 'function';
  if (checkpoints !== undefined) {
    const store: object = Object(checkpoints);
    if (!isFunction(store, 'save') || !isFunction(store, 'saveBest'))
      refuse('checkpoints', 'expected a store with the functions save and saveBest', checkpoints);
  }
  if (resume !== undefined && typeof Object(resume).state !== 'object')
    refuse('resume', 'expected a checkpoint, such as latest() of a folder finds', resume);
  if (from !== undefined && typeof Object(from).trainables !== 'object')
    refuse('from', 'expected a network, such as the model of a result', from);
  const isWarning = (value: unknown): boolean => typeof Object(value).message === 'string';
  if (!Array.isArray(warnings) || !warnings.every(isWarning))
    refuse('warnings', 'expected a list of warnings, each with a code and a message', warnings);
  if (now !== undefined && typeof now !== 'function')
    refuse('now', 'expected a function that gives milliseconds', now);
};
