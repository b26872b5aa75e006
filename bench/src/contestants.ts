// What is measured: groups of contestants that take turns, each a piece of work on an engine in a process of its own.
import type { NetworkName } from './networks.ts';

/** One piece of work, repeated. */
export type Exercise =
  /** A training step of the real trainer; `mapping` is the default of the library, `direct` trains all parameters. */
  | {
      readonly type: 'training';
      readonly network: NetworkName;
      readonly parameterization: 'mapping' | 'direct';
      readonly loss: 'task' | 'mapping';
    }
  /** Scores of `EVALUATED` examples. */
  | { readonly type: 'evaluation'; readonly network: NetworkName }
  /** All parameters from the latent, and back from their gradients: the mapping's own work in a step. */
  | { readonly type: 'mapping'; readonly network: NetworkName }
  /** So many weights from a latent of `GENERATION_LATENT`. */
  | { readonly type: 'generation'; readonly parameters: number };

export interface Contestant {
  readonly name: string;
  readonly engine: 'onnx' | 'wasm' | 'canonical' | 'torch-plain' | 'torch-dense' | 'torch-matvec';
  readonly threads: number;
  readonly exercise: Exercise;
}

/** Contestants of a group are measured in turns, so that other load on the machine falls on all of them. */
export interface Group {
  readonly name: string;
  readonly contestants: readonly Contestant[];
}

/** Examples in one evaluation that is timed. */
export const EVALUATED = 2048;

export const GENERATION_LATENT = 2048;

/** The first is next to nothing: what the process takes anyway. */
export const GENERATED: readonly number[] = [4096, 1e5, 1e6, 1e7, 2.5e7, 3e7];

const training = (network: NetworkName): readonly Contestant[] => {
  const exercise = { type: 'training', network, parameterization: 'mapping', loss: 'task' } as const;
  return [
    { name: network, engine: 'onnx', threads: 1, exercise },
    { name: network, engine: 'onnx', threads: 2, exercise },
    { name: network, engine: 'wasm', threads: 1, exercise },
    { name: network, engine: 'torch-plain', threads: 2, exercise },
    { name: network, engine: 'torch-dense', threads: 2, exercise },
    { name: network, engine: 'torch-matvec', threads: 2, exercise },
  ];
};

const evaluation = (network: NetworkName): readonly Contestant[] => {
  const [name, exercise] = [`${network} evaluation`, { type: 'evaluation', network } as const];
  return [
    { name, engine: 'onnx', threads: 2, exercise },
    { name, engine: 'wasm', threads: 1, exercise },
    { name, engine: 'torch-plain', threads: 2, exercise },
  ];
};

/** What the parts of a step cost on the engine that compiles. */
const parts = (network: NetworkName): readonly Contestant[] => [
  {
    name: `${network} mapping loss`,
    engine: 'onnx',
    threads: 2,
    exercise: { type: 'training', network, parameterization: 'mapping', loss: 'mapping' },
  },
  {
    name: `${network} direct`,
    engine: 'onnx',
    threads: 2,
    exercise: { type: 'training', network, parameterization: 'direct', loss: 'task' },
  },
  { name: `${network} mapping alone`, engine: 'onnx', threads: 2, exercise: { type: 'mapping', network } },
];

const generation = (parameters: number): Group => {
  const name = `generation ${parameters}`;
  const exercise = { type: 'generation', parameters } as const;
  return {
    name,
    contestants: [
      { name, engine: 'onnx', threads: 2, exercise },
      { name, engine: 'wasm', threads: 1, exercise },
      { name, engine: 'canonical', threads: 1, exercise },
    ],
  };
};

export const GROUPS: readonly Group[] = [
  { name: 'cnn2', contestants: [...training('cnn2'), ...parts('cnn2'), ...evaluation('cnn2')] },
  { name: 'cnn1', contestants: [...training('cnn1'), ...parts('cnn1'), ...evaluation('cnn1')] },
  { name: 'conv-stack', contestants: training('conv-stack') },
  { name: 'lstm', contestants: training('lstm') },
  ...GENERATED.map(generation),
];

/** Groups whose names begin with `only`; all of them when it is left out. */
export const groupsOf = (only: string | undefined): readonly Group[] =>
  only === undefined ? GROUPS : GROUPS.filter(({ name }) => name === only || name.startsWith(`${only} `));
