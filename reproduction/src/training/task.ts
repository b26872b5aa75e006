// One run of one experiment, and the folder that it trains in.
import { pipelineFrom, registryOf, type AnyPlugin } from 'mapping-networks';
import { join } from 'node:path';
import type { Experiment, Json } from '../experiments/experiment.ts';
import type { Identity } from '../results/identity.ts';

export interface Task {
  readonly experiment: Experiment;
  readonly identity: Identity;
  readonly seed: number;
}

/** What runs it, which does not change what it is. */
export interface Computing {
  /** Default: that of the library. */
  readonly engine?: string | undefined;
  /** Of the engine, where it has such an option. */
  readonly threads?: number | undefined;
}

const fieldOf = (spec: object, name: string): unknown => Reflect.get(spec, name);

/** The config with its engine written out. @throws what `pipelineFrom` throws for an engine that does not exist */
export const withEngine = (
  config: Json,
  { engine, threads }: Computing,
  plugins?: readonly AnyPlugin[],
): Json => {
  const named = engine === undefined ? config : { ...config, engine };
  const registry = registryOf(plugins);
  const spec = pipelineFrom(named, registry).record.engine;
  const { schema } = registry.get('engine', spec.use);
  const threaded = threads !== undefined && fieldOf(schema.properties ?? {}, 'threads') !== undefined;
  return { ...config, engine: threaded ? { ...spec, threads } : spec };
};

/** The name of the engine in a config that `withEngine` returned. */
const engineName = (config: Json): string => {
  const { engine } = config;
  return typeof engine === 'object' && engine !== null ? String(fieldOf(engine, 'use')) : String(engine);
};

/**
 * Another config, or another engine, has another folder: what was begun is never taken up by a run that it does not
 * belong to.
 */
export const runFolder = (runs: string, { experiment, identity, seed }: Task, config: Json): string =>
  join(runs, experiment.name, `seed-${seed}-${engineName(config)}-${identity.hash.slice(0, 8)}`);
