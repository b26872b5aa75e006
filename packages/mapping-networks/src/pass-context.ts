// What passes ask of whoever runs them, answered with the functions of `train`: scores and outputs on the validation
// split, by an engine that stays open, and training on the training split.
import {
  float32,
  modelFingerprint,
  modelMap,
  requireArgument,
  requireWhole,
  type Dataset,
  type DatasetSplits,
  type FineTuning,
  type Model,
  type Part,
  type PassContext,
  type Split,
} from '@mapping-networks/core';
import { crossEntropy, mse } from '@mapping-networks/losses';
import { callback, constant, cosine, openEvaluation, train, type Evaluation } from '@mapping-networks/train';
import { firstExamples, noExamples, repeated } from './part-of-split.ts';

/** What `passContext` takes; the parts of a run (`pipeline(config).parts`) fit. */
export interface PassContextOptions {
  /** The splits, where they are loaded already; otherwise those of `dataset`. */
  readonly splits?: DatasetSplits;
  readonly dataset?: Part<'dataset'>;
  /** Computes scores, outputs and training. */
  readonly engine: Part<'engine'>;
  /**
   * What is trained on and what `loss` in scores is. Default: cross-entropy for classification, mean squared error for
   * regression; that is also what a network is trained on that lacks a regulariser which this loss needs.
   */
  readonly loss?: Part<'loss'>;
  /** Default: accuracy for classification, mean absolute error for regression. */
  readonly metrics?: readonly Part<'metric'>[];
  /** Default: that of `train`, with fresh moments at each training. */
  readonly optimizer?: Part<'optimizer'>;
  /** Examples in one step of training, 1 … 1,000,000; default 128. */
  readonly batchSize?: number;
  /** How many examples of the validation split outputs are compared on, 1 … 1,000,000; default 256. */
  readonly examples?: number;
  /** Ends a training that is under way; what asked for it is rejected. */
  readonly signal?: AbortSignal;
  /** Told in a sentence what is being done. */
  readonly say?: (line: string) => void;
}

/** A context that keeps an engine open. */
export interface OpenPassContext extends PassContext {
  fineTune(model: Model, how: FineTuning): Promise<Model>;
  /** Which examples scores are of, and how many: those of the validation split, or training examples in their place. */
  judgedOn(): Promise<{ readonly split: 'validation' | 'train'; readonly examples: number }>;
  /**
   * Closes the engine, and rejects what it is computing. Whatever is asked for afterwards opens it again. A second call
   * does nothing.
   */
  dispose(): void;
}

/** Examples of the training split that stand in for a validation split without any. */
const STAND_IN = 5_000;

/**
 * A context for `applyPasses` over a dataset. Scores and outputs are of the validation split: the test split decides
 * nothing. Where the dataset has no validation examples, the first 5,000 of the training split take their place, so that
 * scores are those of examples that the network knows; `say` tells.
 *
 * Fine-tuning is `train({ from })` on the training split, with the schedule of `FineTuning.decay` after a warm-up of a
 * tenth. Half an epoch is one over half of the examples, drawn anew for each network. Its seed comes from the network's
 * fingerprint: the same network, the same training.
 *
 * The engine opens at the first score or output and stays open, compiled for the target of the last network, until
 * `dispose`: scores of networks with the same target cost their forward passes alone. One that is never closed holds
 * its memory, but does not keep a process alive.
 *
 * @throws CORE_INVALID_ARGUMENT; from its functions what `openEvaluation` and `train` throw
 * @example
 * ```ts no-run
 * import { applyPasses, passContext, pipeline, prune, quantize } from 'mapping-networks';
 * const run = pipeline({ target: 'cnn2', dataset: 'glyphs', latentDim: 2048 });
 * const { model } = await run.train();
 * const passes = [prune({ sparsity: 0.9, fineTune: { epochs: 1 } }), quantize({ type: 'int8' })];
 * const context = passContext(run.parts);
 * const compressed = await applyPasses(model, passes, context);
 * context.dispose();
 * for (const { pass, after } of compressed.reports) console.log(pass.use, after.validation, after.weightBytes);
 * ```
 */
export const passContext = (options: PassContextOptions): OpenPassContext => {
  checkOptions(options);
  const { engine, examples = 256, say, signal } = options;
  const known = (options.splits?.info ?? options.dataset?.impl.info) as Dataset['info'];
  const task = known.task === 'classification' ? crossEntropy() : mse();
  const { loss = task } = options;
  const splitsOf = once(async (): Promise<DatasetSplits> => {
    const { splits, dataset } = options;
    return splits ?? (dataset as Part<'dataset'>).impl.load(signal ? { signal } : {});
  });
  const judged = once(async () => judgedSplit(await splitsOf(), say));
  const scored = {
    loss,
    engine,
    splitName: 'validation',
    ...(options.metrics && { metrics: options.metrics }),
  };
  let opened: Promise<Evaluation> | undefined;
  const evaluation = (): Promise<Evaluation> =>
    (opened ??= judged().then((split) => openEvaluation({ ...scored, split })));
  return Object.freeze({
    evaluate: async (model: Model) => (await evaluation()).scores(model),
    outputs: async (model: Model) => {
      const [evaluated, split] = await Promise.all([evaluation(), judged()]);
      const size = Math.min(examples, split.size);
      const { x } = split.batch(Int32Array.from({ length: size }, (_, i) => i));
      const { outputs, outputShape } = await evaluated.predict(model, x);
      return float32(outputs, [size, ...outputShape]);
    },
    fineTune: async (model: Model, how: FineTuning) => {
      const fits = regularized(model, loss);
      if (!fits)
        say?.(`The loss '${loss.name}' needs more than this network has: training on '${task.name}'.`);
      return fineTuned(model, how, { ...options, loss: fits ? loss : task, splits: await splitsOf() });
    },
    ...(say && { say }),
    judgedOn: async (): ReturnType<OpenPassContext['judgedOn']> => {
      const { validation } = await splitsOf();
      return { split: validation.size > 0 ? 'validation' : 'train', examples: (await judged()).size };
    },
    dispose: () => {
      opened?.then(
        (evaluated) => evaluated.dispose(),
        () => {},
      );
      opened = undefined;
    },
  });
};

const checkOptions = (options: PassContextOptions): void => {
  const call = 'passContext';
  requireArgument(typeof options === 'object' && options !== null, call, 'options', 'an object', options);
  const { splits, dataset, engine, batchSize = 128, examples = 256 } = options;
  const data = typeof splits?.train?.batch === 'function' || typeof dataset?.impl?.load === 'function';
  requireArgument(data, call, 'options.splits', 'loaded splits, or a dataset as dataset', splits ?? dataset);
  const opens = typeof engine?.impl?.open === 'function';
  requireArgument(opens, call, 'options.engine', 'an engine, such as wasm()', engine);
  requireWhole(call, 'options.batchSize', batchSize, 1, 1_000_000);
  requireWhole(call, 'options.examples', examples, 1, 1_000_000);
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

const judgedSplit = ({ train: known, validation }: DatasetSplits, say: PassContext['say']): Split => {
  if (validation.size > 0) return validation;
  const size = Math.min(STAND_IN, known.size);
  say?.(`The dataset has no validation examples: scores are of ${size} training examples.`);
  return firstExamples(known, size);
};

const regularized = (model: Model, { impl }: Part<'loss'>): boolean => {
  const { regularizers } = modelMap(model);
  return impl.requires.regularizers.every((name) => regularizers[name] !== undefined);
};

const fineTuned = async (
  model: Model,
  { epochs, learningRate, decay = 'cosine' }: FineTuning,
  options: Omit<PassContextOptions, 'splits' | 'loss'> & { splits: DatasetSplits; loss: Part<'loss'> },
): Promise<Model> => {
  const fits = Number.isFinite(epochs) && epochs > 0;
  requireArgument(fits, 'fineTune', 'how.epochs', 'a number above 0', epochs);
  const { splits, dataset, loss, engine, optimizer, batchSize = 128, signal, say } = options;
  const { target, parameterization, constants } = model;
  const seed = Number.parseInt(modelFingerprint(model).slice(0, 12), 16);
  const whole = Number.isInteger(epochs);
  const known = whole ? splits.train : repeated(splits.train, epochs, seed);
  const named = { kind: 'dataset', name: splits.info.name, options: {} } as const;
  const training = { info: splits.info, train: known, validation: noExamples, test: noExamples };
  const told = callback({
    name: 'fineTune',
    on: (event) => {
      if (event.type !== 'epoch') return;
      const of = whole ? `Epoch ${event.record.epoch} of ${epochs}` : `${epochs} epochs`;
      say?.(`${of} of training on: loss ${event.record.train.loss.toPrecision(3)}.`);
    },
  });
  const result = await train({
    target,
    parameterization,
    dataset: dataset ?? { ...named, impl: { info: splits.info, load: () => Promise.resolve(training) } },
    splits: training,
    loss,
    engine,
    from: { trainables: model.trainables, buffers: model.buffers, ...(constants && { constants }) },
    metrics: [],
    callbacks: [told],
    schedule: decay === 'cosine' ? cosine() : constant(),
    epochs: whole ? epochs : 1,
    batchSize,
    seed,
    validateEvery: 0,
    trainScoreLimit: 0,
    ...(learningRate !== undefined && { learningRate }),
    ...(optimizer && { optimizer }),
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  const { trainables, buffers } = result.model;
  // What is trained on lies on no grid any more.
  const { encoding: _grids, ...rest } = model;
  return { ...rest, trainables, buffers };
};
