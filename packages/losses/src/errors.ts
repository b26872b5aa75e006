// Every error that `losses` throws and every warning that it gives, one function each.
import { MappingNetworksError, type LossWarning, type RegularizerName } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string): MappingNetworksError =>
  new MappingNetworksError({ code: `LOSSES_${code}`, problem, remedy });

const warning = (code: string, message: string): LossWarning => ({ code: `LOSSES_${code}`, message });

const rounded = (value: number): string => String(Number(value.toPrecision(3)));

/** When a loss for classes gets labels of values. */
export const labelsType = (loss: string, received: string): MappingNetworksError =>
  error(
    'LABELS_TYPE',
    `Loss '${loss}' expects int32 class indices as labels, got ${received}.`,
    'Use a classification dataset, or a loss for values such as mse().',
  );

/** When outputs and labels of a batch do not belong together. */
export const labelsShape = (
  loss: string,
  expected: string,
  output: readonly number[],
  labels: readonly number[],
): MappingNetworksError =>
  error(
    'LABELS_SHAPE',
    `Loss '${loss}' expects ${expected}; the output has shape [${output.join(', ')}], the labels [${labels.join(', ')}].`,
    'Check the number of outputs of the target, and that dataset and loss are for the same task.',
  );

export const oneClass = (loss: string): MappingNetworksError =>
  error(
    'ONE_CLASS',
    `Loss '${loss}' expects logits of at least two classes, got one: its value would always be 0.`,
    'Give the target two outputs, or use binaryCrossEntropy() with labels 0 and 1.',
  );

export const missingRegularizer = (name: RegularizerName, known: readonly string[]): MappingNetworksError =>
  error(
    'MISSING_REGULARIZER',
    `The loss term '${name}' needs a parameterization with that regulariser; this one has ${known.join(', ') || 'none'}.`,
    'Leave the term out, or use a parameterization such as mapping({ ... }).',
  );

export const missingNoise = (trainable: string): MappingNetworksError =>
  error(
    'MISSING_NOISE',
    `The stability term needs noise for the trainable '${trainable}', none was given.`,
    'Draw standard normal noise of the shape of every trainable when requires.noise is true.',
  );

/** When `values` or `initial` of a weighting is a list of another length than the terms. */
export const weightCount = (terms: number, received: number): MappingNetworksError =>
  error(
    'WEIGHT_COUNT',
    `Expected one weight for each of the ${terms} terms, got ${received}.`,
    'List as many weights as terms, in their order, or none for their defaults.',
  );

/** When a trained or uncertain weighting cannot begin at the weight of a term. */
export const initialWeight = (term: string, expected: string, received: number): MappingNetworksError =>
  error(
    'INITIAL_WEIGHT',
    `Expected the initial weight of '${term}' to be ${expected}, got ${received}.`,
    'Change it, or use another weighting.',
  );

export const zeroGradient = (term: string, because: string): LossWarning =>
  warning(
    'ZERO_GRADIENT',
    `The gradient of the loss term '${term}' is identically zero: ${because}. It can have no effect; leave it out.`,
  );

export const zeroWeight = (term: string): LossWarning =>
  warning(
    'ZERO_WEIGHT',
    `The loss term '${term}' has weight 0: it is computed and has no effect. Leave it out.`,
  );

export const collapsedWeight = (term: string, initial: number, value: number): LossWarning =>
  warning(
    'COLLAPSED_WEIGHT',
    `The trained weight of the loss term '${term}' has collapsed from ${rounded(initial)} to ${rounded(value)}: ` +
      `minimising a weighted sum over its weights drives them to zero, and the term no longer acts. ` +
      `Use weighting { type: 'fixed' } or { type: 'uncertainty' }.`,
  );
