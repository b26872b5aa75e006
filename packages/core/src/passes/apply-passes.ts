// Runs passes one after the other over a trained network, and measures what each of them did.
import type { ArrayTensor } from '../arrays.ts';
import { requireArgument } from '../argument.ts';
import type { Scores } from '../contracts/callback.ts';
import type { LossWarning } from '../contracts/loss.ts';
import type { PassContext } from '../contracts/pass.ts';
import { modelTheta, requireModel, type Model } from '../model.ts';
import { isPart, type Part } from '../plugin/part.ts';
import { toSpec, type Spec } from '../plugin/spec.ts';
import type { ParameterSpace } from '../space/parameter-space.ts';
import { changeOf, type Change } from './change.ts';
import { checkFinite, checkResult, checkTheta } from './check-result.ts';
import { passGrew } from './errors.ts';
import { sizeWith, type ModelSize } from './model-size.ts';
import { orderWarnings } from './order.ts';

/** A network at one place in a list of passes. */
export interface PassFigures extends ModelSize {
  /** Loss and metrics on the validation split. */
  readonly validation: Scores;
}

/** What one pass did. */
export interface PassReport {
  /** The pass with every option. */
  readonly pass: Spec;
  readonly before: PassFigures;
  readonly after: PassFigures;
  /** |Δw| over all parameters. Absent where the target has other parameters than before. */
  readonly weights?: Change;
  /** |Δ| of the outputs for the context's inputs: of logits, for classifiers. */
  readonly outputs: Change;
  /** What the pass itself took, training on included. */
  readonly seconds: number;
  /** Figures of the pass's own. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** A network after passes, and how it came about. */
export interface PassesResult {
  readonly model: Model;
  /** One for each pass, in the order in which they ran. */
  readonly reports: readonly PassReport[];
  /**
   * An order that loses something: `CORE_PASS_ORDER`, also after a network that an earlier call has quantized. And a pass
   * after which the weights take more bytes: `CORE_PASS_GREW`.
   */
  readonly warnings: readonly LossWarning[];
}

/**
 * Runs passes in the order given and reports, for each, scores on validation, bytes, sparsity and |Δ| of weights and
 * outputs before and after. Passes of a later stage belong after those of an earlier one (`PassStage`); another order is
 * run as well, with a warning. `model` is left as it is; scores of its `metrics` are not those of the result, which
 * therefore has none.
 *
 * @throws CORE_INVALID_ARGUMENT; CORE_PASS_NON_FINITE and CORE_PASS_OTHER_NETWORK for what a pass should not return; and
 * what the passes throw
 * @example
 * ```ts
 * import { applyPasses, float32, mapping, modelMap } from '@mapping-networks/core';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const { reports } = await applyPasses(model, [], {
 *   evaluate: async () => ({ loss: 0 }),
 *   outputs: async () => float32(new Float32Array(10), [1, 10]),
 * });
 * console.log(reports); // []
 * ```
 */
export const applyPasses = async (
  model: Model,
  passes: readonly Part<'pass'>[],
  context: PassContext,
): Promise<PassesResult> => {
  checkArguments(model, passes, context);
  const reports: PassReport[] = [];
  let current = model;
  let before: Measured | undefined;
  for (const [index, pass] of passes.entries()) {
    context.say?.(`Pass ${index + 1} of ${passes.length}: ${pass.name}.`);
    before ??= await measure(undefined, current, context);
    const began = performance.now();
    const result = await pass.impl.apply(current, context);
    const seconds = (performance.now() - began) / 1000;
    checkResult(pass.name, current, result.model);
    const next = withoutStale(current, result.model);
    const after = await measure(pass.name, next, context);
    reports.push({
      pass: toSpec(pass),
      before: before.figures,
      after: after.figures,
      ...(sameSpace(before.space, after.space) && { weights: changeOf(before.theta, after.theta) }),
      outputs: changeOf(before.outputs.data, after.outputs.data),
      seconds,
      details: result.details ?? {},
    });
    [current, before] = [next, after];
  }
  return { model: current, reports, warnings: [...orderWarnings(model, passes), ...grownWarnings(reports)] };
};

/** More than the few bytes by which a latent in fewer bits moves the zeros of its weights. */
const GROWN = 1.05;

const grownWarnings = (reports: readonly PassReport[]): readonly LossWarning[] =>
  reports.flatMap(({ pass, before, after }) =>
    after.weightBytes > GROWN * before.weightBytes
      ? [passGrew(pass.use, before.weightBytes, after.weightBytes)]
      : [],
  );

/**
 * What was true of the network before, and is not of this one: scores, and the grids of trainables that have moved off
 * them since.
 */
const withoutStale = (before: Model, { metrics: _scores, encoding, ...model }: Model): Model => {
  const kept = Object.entries(encoding ?? {}).filter(([name, grid]) => {
    const [was, is] = [before.trainables[name]?.data, model.trainables[name]?.data];
    return grid !== before.encoding?.[name] || is?.every((value, i) => value === was?.[i]) === true;
  });
  return kept.length === 0 ? model : { ...model, encoding: Object.fromEntries(kept) };
};

const checkArguments = (model: Model, passes: readonly Part<'pass'>[], context: PassContext): void => {
  requireModel('applyPasses', model);
  const all = Array.isArray(passes) && passes.every((pass: unknown) => isPart(pass, 'pass'));
  requireArgument(
    all,
    'applyPasses',
    'passes',
    'a list of passes, such as [prune({ sparsity: 0.9 })]',
    passes,
  );
  const fits = typeof context?.evaluate === 'function' && typeof context.outputs === 'function';
  requireArgument(fits, 'applyPasses', 'context', 'an object with evaluate and outputs', context);
};

interface Measured {
  readonly figures: PassFigures;
  readonly space: ParameterSpace;
  readonly theta: Float32Array;
  readonly outputs: ArrayTensor;
}

/** @throws CORE_PASS_NON_FINITE, blaming `pass` */
const measure = async (pass: string | undefined, model: Model, context: PassContext): Promise<Measured> => {
  for (const [field, arrays] of Object.entries({
    trainables: model.trainables,
    buffers: model.buffers,
    constants: model.constants ?? {},
  }))
    for (const [name, { data }] of Object.entries(arrays)) checkFinite(pass, `${field} '${name}'`, data);
  const space = model.target.impl.parameters;
  const theta = modelTheta(model);
  checkTheta(pass, space, theta);
  const outputs = await context.outputs(model);
  checkFinite(pass, 'outputs', outputs.data);
  const figures = { ...sizeWith(model, theta), validation: await context.evaluate(model) };
  return { figures, space, theta, outputs };
};

const sameSpace = (before: ParameterSpace, after: ParameterSpace): boolean => {
  const layout = ({ parameters }: ParameterSpace): string =>
    JSON.stringify(parameters.map(({ name, shape }) => [name, shape]));
  return layout(before) === layout(after);
};
