// Every error that training and evaluation throw, one function each.
import {
  MappingNetworksError,
  shown,
  suggestion,
  type Kind,
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

export const invalidOption = (path: string, message: string, received: unknown): MappingNetworksError =>
  error(
    'INVALID_OPTION',
    `Option '${path}': ${message}, got ${shown(received)}.`,
    'Correct the value, or leave the option out for its default.',
  );

export const unknownOption = (option: string, known: readonly string[]): MappingNetworksError =>
  error('UNKNOWN_OPTION', `train has no option '${option}'.`, suggestion(option, known));

export const invalidPart = (option: string, kind: Kind, received: unknown): MappingNetworksError =>
  error(
    'INVALID_PART',
    `Option '${option}': expected a ${kind}, got ${shown(received)}.`,
    `Pass what a ${kind} plugin returns, for example ${option}: somePlugin({ ... }).`,
  );

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

export const noTaskLoss = (loss: string): MappingNetworksError =>
  error(
    'NO_TASK_LOSS',
    `The loss '${loss}' has no loss for single examples, so that nothing can be evaluated.`,
    'Combine it with a task loss such as cross-entropy.',
  );

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

export const nonFiniteLoss = (step: number, loss: number, learningRate: number): MappingNetworksError =>
  error(
    'NON_FINITE_LOSS',
    `The loss is ${loss} at step ${step} with learning rate ${Number(learningRate.toPrecision(3))}.`,
    `Try a learning rate of ${Number((learningRate / 10).toPrecision(1))}, a longer warm-up, or clipping by norm ` +
      '(clipByNorm), and check the inputs and labels of the dataset for values that are not numbers.',
  );

export const callbackFailed = (name: string, event: string, cause: unknown): MappingNetworksError =>
  error(
    'CALLBACK_FAILED',
    `The callback '${name}' failed at the event '${event}': ${cause instanceof Error ? cause.message : String(cause)}.`,
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
