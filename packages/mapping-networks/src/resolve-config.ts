// From what a user wrote to what a run needs: every name a part, every default written out, and a record of it all
// that is a config again.
import {
  isPart,
  resolve,
  toSpec,
  type DatasetInfo,
  type Kind,
  type LossWarning,
  type Part,
  type Registry,
  type Spec,
} from '@mapping-networks/core';
import { defaultMetrics, resolveSettings, settingNames, type TrainSettings } from '@mapping-networks/train';
import { defaultEngine } from './default-engine.ts';
import { bothLatentDims, missingKey, missingParameterization, notAConfig, unknownKey } from './errors.ts';
import { fitTarget } from './fit-target.ts';

/** The parts of a run. */
export interface RunParts {
  readonly target: Part<'target'>;
  readonly dataset: Part<'dataset'>;
  readonly parameterization: Part<'parameterization'>;
  readonly loss: Part<'loss'>;
  readonly metrics: readonly Part<'metric'>[];
  readonly callbacks: readonly Part<'callback'>[];
  readonly optimizer: Part<'optimizer'>;
  readonly schedule: Part<'schedule'>;
  readonly engine: Part<'engine'>;
}

/** A run as plain JSON, every default written out; itself a config. */
export type RunRecord = { readonly [Key in Exclude<keyof RunParts, 'metrics' | 'callbacks'>]: Spec } & {
  readonly metrics: readonly Spec[];
  readonly callbacks: readonly Spec[];
} & TrainSettings;

/** A config with all names resolved and all defaults written out: as values, and as data. */
export interface ResolvedConfig {
  readonly parts: RunParts;
  readonly settings: TrainSettings;
  readonly record: RunRecord;
  /** What a user should know of the choices that were made for him. */
  readonly warnings: readonly LossWarning[];
}

type Tree = Readonly<Record<string, unknown>>;

/** What is used where a config names nothing, by key; the loss goes by the task, the engine by what loads here. */
const defaultNames = { optimizer: 'adamW', schedule: 'cosine' } as const;
const lossNames: Readonly<Record<DatasetInfo['task'], string>> = {
  classification: 'crossEntropy',
  regression: 'mse',
};

const partNames = [
  'target',
  'dataset',
  'parameterization',
  'loss',
  'optimizer',
  'schedule',
  'engine',
] as const;
const configKeys = [...partNames, 'metrics', 'callbacks', 'latentDim', ...settingNames, 'plugins', '$schema'];

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The spec at `key`; options without a name are those of the plugin `fallback`. */
const specAt = (config: Tree, key: string, fallback: string): unknown => {
  const spec = config[key] ?? fallback;
  return isTree(spec) && !isPart(spec) && !('use' in spec) ? { use: fallback, ...spec } : spec;
};

const required = <K extends Kind>(registry: Registry, config: Tree, key: K): unknown => {
  const spec = config[key];
  if (spec === undefined)
    throw missingKey(
      key,
      registry.list(key).map(({ name }) => name),
    );
  return spec;
};

const parameterizationSpec = (config: Tree): unknown => {
  const { latentDim, parameterization } = config;
  if (latentDim === undefined) {
    if (parameterization === undefined) throw missingParameterization();
    return specAt(config, 'parameterization', 'mapping');
  }
  if (parameterization !== undefined) throw bothLatentDims();
  return { use: 'mapping', latentDim };
};

const isSpec = (value: unknown): value is Spec =>
  isTree(value) && !isPart(value) && typeof value['use'] === 'string';

const target = (registry: Registry, spec: unknown, info: DatasetInfo): Part<'target'> => {
  const named = typeof spec === 'string' ? { use: spec } : spec;
  if (!isSpec(named)) return resolve(registry, 'target', spec);
  return resolve(registry, 'target', fitTarget(named, registry.get('target', named.use), info));
};

const metrics = (
  registry: Registry,
  specs: unknown,
  task: DatasetInfo['task'],
): readonly Part<'metric'>[] => {
  if (specs === undefined) return defaultMetrics(task);
  return listed(registry, 'metric', specs);
};

/** A list of specs, or one. */
const listed = <K extends Kind>(registry: Registry, kind: K, specs: unknown): readonly Part<K>[] =>
  (Array.isArray(specs) ? specs : [specs]).map((spec: unknown) => resolve(registry, kind, spec));

const resolveParts = (registry: Registry, config: Tree, engine: unknown): RunParts => {
  const dataset = resolve(registry, 'dataset', required(registry, config, 'dataset'));
  const { info } = dataset.impl;
  return {
    target: target(registry, required(registry, config, 'target'), info),
    dataset,
    parameterization: resolve(registry, 'parameterization', parameterizationSpec(config)),
    loss: resolve(registry, 'loss', specAt(config, 'loss', lossNames[info.task])),
    metrics: metrics(registry, config['metrics'], info.task),
    callbacks: listed(registry, 'callback', config['callbacks'] ?? []),
    optimizer: resolve(registry, 'optimizer', specAt(config, 'optimizer', defaultNames.optimizer)),
    schedule: resolve(registry, 'schedule', specAt(config, 'schedule', defaultNames.schedule)),
    engine: resolve(registry, 'engine', engine),
  };
};

/** The engine's spec, and what there is to say of it. Options without a name are those of the engine that has some. */
const engineSpec = (config: Tree): { readonly spec: unknown; readonly warnings: readonly LossWarning[] } => {
  if (config['engine'] !== undefined) return { spec: specAt(config, 'engine', 'onnx'), warnings: [] };
  const { name, warning } = defaultEngine();
  return { spec: name, warnings: warning ? [warning] : [] };
};

const recordOf = (parts: RunParts, settings: TrainSettings): RunRecord => ({
  target: toSpec(parts.target),
  dataset: toSpec(parts.dataset),
  parameterization: toSpec(parts.parameterization),
  loss: toSpec(parts.loss),
  metrics: parts.metrics.map(toSpec),
  callbacks: parts.callbacks.map(toSpec),
  optimizer: toSpec(parts.optimizer),
  schedule: toSpec(parts.schedule),
  engine: toSpec(parts.engine),
  ...settings,
});

/**
 * The parts, settings and record of a config of unknown origin; names come from `registry`.
 *
 * @throws CONFIG_NOT_A_CONFIG, CONFIG_UNKNOWN_KEY, CONFIG_MISSING_KEY, CONFIG_MISSING_PARAMETERIZATION,
 * CONFIG_BOTH_LATENT_DIMS, TRAIN_INVALID_OPTION, and what `resolve` throws
 */
export const resolveConfig = (config: unknown, registry: Registry): ResolvedConfig => {
  if (!isTree(config)) throw notAConfig(config);
  const unknown = Object.keys(config).find((key) => !configKeys.includes(key));
  if (unknown !== undefined)
    throw unknownKey(
      unknown,
      configKeys.filter((key) => key !== '$schema'),
    );
  const { spec, warnings } = engineSpec(config);
  const parts = resolveParts(registry, config, spec);
  // A latent that fits the target no better than this is the caller's slip too: say so before anything is loaded.
  parts.parameterization.impl.bind(parts.target.impl.parameters);
  const settings = resolveSettings(config, parts.parameterization.impl.learningRate);
  return { parts, settings, record: recordOf(parts, settings), warnings };
};
