// The flags of `mapnet train` as assignments to the config: a flag is short for one or two `--set`.
import type { Assignment } from './assignment.ts';

export interface TrainFlags {
  readonly target?: string | undefined;
  readonly dataset?: string | undefined;
  readonly latentDim?: number | undefined;
  readonly strategy?: string | undefined;
  readonly projection?: string | undefined;
  readonly parameterization?: string | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly lr?: number | undefined;
  readonly seed?: number | undefined;
  readonly engine?: string | undefined;
  readonly threads?: number | undefined;
  readonly dumpGraph?: string | undefined;
  readonly checkpointEvery?: number | undefined;
  readonly onNan?: string | undefined;
  readonly patience?: number | undefined;
  readonly timeLimit?: number | undefined;
  readonly restoreBest?: true | undefined;
}

const paths: { readonly [Flag in keyof Required<TrainFlags>]: readonly string[] } = {
  parameterization: ['parameterization'],
  target: ['target'],
  dataset: ['dataset'],
  latentDim: ['parameterization', 'latentDim'],
  strategy: ['parameterization', 'strategy'],
  projection: ['parameterization', 'projection'],
  epochs: ['epochs'],
  batchSize: ['batchSize'],
  lr: ['learningRate'],
  seed: ['seed'],
  engine: ['engine'],
  threads: ['engine', 'threads'],
  dumpGraph: ['engine', 'dumpGraph'],
  checkpointEvery: ['checkpointEvery'],
  onNan: ['onNan'],
  patience: ['patience'],
  timeLimit: ['timeLimit'],
  restoreBest: ['restoreBest'],
};

/** The assignments of the flags that were given; whole parts come before their options. */
export const assignmentsOf = (flags: TrainFlags): readonly Assignment[] =>
  Object.entries(paths).flatMap(([flag, path]) => {
    const value: unknown = Reflect.get(flags, flag);
    return value === undefined ? [] : [{ path, value }];
  });
