// Every error that training and evaluation throw, one function each.
import {
  clipped,
  describeIssues,
  MappingNetworksError,
  reasonOf,
  shown,
  suggestion,
  withArticle,
  type Kind,
  type LossWarning,
  type OptionIssue,
  type RegularizerName,
} from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({
    code: `TRAIN_${code}`,
    problem,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });

const shape = (sides: readonly number[]): string => `[${sides.join(', ')}]`;

/** When a setting of `train`, or the batch size of `evaluate` or `predict`, is out of its range. */
export const invalidSettings = (issues: readonly OptionIssue[]): MappingNetworksError => {
  const { problem, remedy } = describeIssues(issues, (path) => `Option '${path}'`);
  return error('INVALID_OPTION', problem, remedy);
};

export const unknownOption = (option: string, known: readonly string[]): MappingNetworksError =>
  error('UNKNOWN_OPTION', `train has no option '${option}'.`, suggestion(option, known));

/** When `train`, `evaluate` or `predict` gets a name, a plugin that was not called, or a part of another kind. */
export const invalidPart = (option: string, kind: Kind, received: unknown): MappingNetworksError =>
  error(
    'INVALID_PART',
    `Option '${option}': expected ${withArticle(kind)}, got ${received === undefined ? 'nothing' : shown(received)}.`,
    `Pass what ${withArticle(kind)} plugin returns, for example ${option}: somePlugin({ ... }).`,
  );

/** When `metrics` or `callbacks` is not a list. */
export const invalidParts = (option: string, kind: Kind, received: unknown): MappingNetworksError =>
  error(
    'INVALID_PART',
    `Option '${option}': expected a list of ${kind} parts, got ${received === undefined ? 'nothing' : shown(received)}.`,
    `Pass a list of what ${kind} plugins return, for example ${option}: [somePlugin({ ... })].`,
  );

/** When a plugin does not return a tensor that it has declared. */
export const missingEntry = (name: string, present: readonly string[]): MappingNetworksError =>
  error(
    'MISSING_ENTRY',
    `Expected a tensor '${name}', got ${present.map((each) => `'${each}'`).join(', ') || 'none'}.`,
    'Check that a plugin returns every name it declares.',
  );

export const inputShapeMismatch = (
  target: readonly number[],
  dataset: readonly number[],
): MappingNetworksError =>
  error(
    'INPUT_SHAPE',
    `The target takes inputs of shape ${shape(target)}, the dataset has ${shape(dataset)}.`,
    'Give the target the input shape of the dataset, or a flat one of the same size.',
  );

export const tooFewOutputs = (outputs: readonly number[], classes: number): MappingNetworksError =>
  error(
    'TOO_FEW_OUTPUTS',
    `The dataset has ${classes} classes, the target gives outputs of shape ${shape(outputs)}.`,
    'Give the target one output for each class (or a single logit for two classes).',
  );

export const emptySplit = (split: string): MappingNetworksError =>
  error('EMPTY_SPLIT', `The ${split} split has no examples.`, 'Give the dataset a larger share for it.');

/** The same for validation, which may be empty unless settings wait for its scores. */
export const nothingToValidate = (settings: readonly string[]): MappingNetworksError =>
  error(
    'EMPTY_SPLIT',
    `The validation split has no examples, and ${settings.join(' and ')} ${settings.length === 1 ? 'goes' : 'go'} by its scores.`,
    `Give the dataset a larger share for it, or leave out ${settings.join(' and ')}.`,
  );

export const noTaskLoss = (loss: string): MappingNetworksError =>
  error(
    'NO_TASK_LOSS',
    `The loss '${loss}' has no loss for single examples, so that nothing can be evaluated.`,
    'Combine it with a task loss such as cross-entropy.',
  );

/** Before the first step, when a loss asks the map for a regulariser that it has not. */
export const missingRegularizer = (
  parameterization: string,
  loss: string,
  regularizer: RegularizerName,
): MappingNetworksError =>
  error(
    'MISSING_REGULARIZER',
    `The loss '${loss}' needs the regulariser '${regularizer}', which the parameterization '${parameterization}' has not.`,
    'Leave that term out of the loss, or use a parameterization that has it.',
  );

/** When the network that a run is to begin with is of another target or parameterization. */
export const foreignStart = (differences: readonly string[]): MappingNetworksError =>
  error(
    'FOREIGN_START',
    `Option 'from' does not fit the target and parameterization of this run: ${differences.slice(0, 5).join('; ')}.`,
    'Begin with a network of the same target and parameterization, or leave the option out.',
  );

/** When a parameterization needs arrays that no seed makes, such as a mask. */
export const missingConstants = (parameterization: string, names: readonly string[]): MappingNetworksError =>
  error(
    'MISSING_CONSTANTS',
    `The parameterization '${parameterization}' needs constants that no seed makes: ${clipped(names.map((name) => `'${name}'`).join(', '), 300)}.`,
    'Pass a network that has them as from, such as the model of a pass; a run that is resumed needs them again.',
  );

/** When training diverges. */
export const nonFiniteLoss = (step: number, loss: number, learningRate: number): MappingNetworksError =>
  error(
    'NON_FINITE_LOSS',
    `The loss is ${loss} at step ${step} with learning rate ${Number(learningRate.toPrecision(3))}.`,
    `Try a learning rate of ${Number((learningRate / 10).toPrecision(1))}, a longer warm-up, or clipping by norm ` +
      '(clipByNorm), and check the inputs and labels of the dataset for values that are not numbers.',
  );

export const nonFiniteValidation = (step: number, loss: number, learningRate: number): MappingNetworksError =>
  error(
    'NON_FINITE_LOSS',
    `The loss on validation is ${loss} after step ${step} with learning rate ${Number(learningRate.toPrecision(3))}.`,
    `Try a learning rate of ${Number((learningRate / 10).toPrecision(1))} or clipping by norm (clipByNorm), and check ` +
      'the validation split for values that are not numbers.',
  );

export const nonFiniteState = (step: number, array: string, learningRate: number): MappingNetworksError =>
  error(
    'NON_FINITE_STATE',
    `After step ${step} with learning rate ${Number(learningRate.toPrecision(3))}, '${array}' holds a number that is not finite.`,
    `Try a learning rate of ${Number((learningRate / 10).toPrecision(1))} or clipping by norm (clipByNorm); ` +
      'checkpoints from before this step are good.',
  );

/** A warning, not an error: the run goes on. */
export const rolledBack = (what: string, step: number, learningRate: number): LossWarning => ({
  code: 'TRAIN_ROLLED_BACK',
  message: `${what}: back to step ${step}, on with half the learning rate, ${Number(learningRate.toPrecision(3))}`,
});

export const invalidCheckpoint = (file: string, problem: string): MappingNetworksError =>
  error(
    'INVALID_CHECKPOINT',
    `'${file}' is not a checkpoint that can be read: ${clipped(problem, 300)}.`,
    'Use the checkpoint before it, or begin the run again.',
  );

export const newerCheckpoint = (file: string, version: number, known: number): MappingNetworksError =>
  error(
    'NEWER_CHECKPOINT',
    `'${file}' has checkpoint version ${version}; this library reads version ${known}.`,
    'Install the version of mapping-networks that wrote it.',
  );

export const foreignCheckpoint = (differences: readonly string[]): MappingNetworksError =>
  error(
    'FOREIGN_CHECKPOINT',
    `The checkpoint belongs to another run: ${differences.join('; ')}.`,
    'Resume with the parts and settings that the run began with, and with the version of mapping-networks that began it ' +
      'where an option is not given there; or begin a new run.',
  );

export const cannotSaveCheckpoint = (
  file: string,
  reason: string,
  remedy: string,
  cause: unknown,
): MappingNetworksError =>
  error('CANNOT_SAVE_CHECKPOINT', `Cannot save checkpoint '${file}': ${reason}.`, remedy, cause);

export const cannotOpenCheckpoints = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'CANNOT_OPEN_CHECKPOINTS',
    `Cannot use '${folder}' for checkpoints: ${reasonOf(cause)}.`,
    'Choose a folder that you may read and write.',
    cause,
  );

export const noGoodCheckpoint = (
  folder: string,
  skipped: readonly { readonly file: string; readonly reason: string }[],
): MappingNetworksError =>
  error(
    'NO_GOOD_CHECKPOINT',
    `None of the ${skipped.length} checkpoints in '${folder}' can be read. ${skipped
      .map(({ file, reason }) => `${file}: ${reason}`)
      .join(' ')}`,
    'Restore the folder from a copy, or begin the run again in another one.',
  );

export const folderLocked = (
  folder: string,
  lock: string,
  { pid, host, since }: { readonly pid: number; readonly host: string; readonly since: string },
): MappingNetworksError =>
  error(
    'FOLDER_LOCKED',
    `'${folder}' is in use by process ${pid} on '${host}' since ${since}.`,
    `Wait until it is done, or end it; two processes at once would spoil the run. If there is no such process, delete '${lock}'.`,
  );

/** When a folder is found to be somebody else's before a write; `holder` is unknown where the lock has gone altogether. */
export const lockLost = (
  folder: string,
  holder: { readonly pid: number; readonly host: string; readonly since: string } | undefined,
): MappingNetworksError =>
  error(
    'LOCK_LOST',
    holder === undefined
      ? `The lock of '${folder}' is gone: another process has had the folder in the meantime, or the lock was deleted.`
      : `'${folder}' was taken over by process ${holder.pid} on '${holder.host}' at ${holder.since}, while this one stood still.`,
    'Nothing has been written since. Leave the run to the other process, or resume it where there is none.',
  );

export const cannotLock = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'CANNOT_LOCK',
    `Cannot lock '${folder}': ${reasonOf(cause)}.`,
    'Check that the folder exists and that you may write to it.',
    cause,
  );

export const callbackFailed = (name: string, event: string, cause: unknown): MappingNetworksError =>
  error(
    'CALLBACK_FAILED',
    `The callback '${name}' failed at the event '${event}': ${reasonOf(cause)}.`,
    'Correct the callback, or leave it out.',
    cause,
  );

export const inputLength = (length: number, example: number): MappingNetworksError =>
  error(
    'INPUT_LENGTH',
    `Expected a whole number of inputs with ${example} numbers each, got ${length} numbers.`,
    'Pass the inputs one after another, each flat in row-major order.',
  );

export const logitCount = (length: number, classes: number): MappingNetworksError =>
  error(
    'LOGIT_COUNT',
    `Expected rows of ${classes} logits, one a class, got ${length} numbers.`,
    'Pass whole rows, and how many classes there are: a whole number of at least 1.',
  );
