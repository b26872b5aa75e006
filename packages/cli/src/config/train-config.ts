// The config of a training run: the file, then the flags, then every --set, the last word winning.
import { assign, parseAssignment } from './assignment.ts';
import { assignmentsOf, type TrainFlags } from './train-flags.ts';

type Tree = Readonly<Record<string, unknown>>;

/** `latentDim: n` written out as the mapping it is short for, so that flags find one place to set. */
const withoutShorthand = (config: Tree): Tree => {
  const { latentDim, ...rest } = config;
  if (latentDim === undefined || rest['parameterization'] !== undefined) return config;
  return { ...rest, parameterization: { use: 'mapping', latentDim } };
};

/** The plugin that this config and these settings agree on is kept with its options; another name replaces it. */
const keepsPlugin = (current: unknown, name: unknown): boolean =>
  typeof current === 'object' &&
  current !== null &&
  ('use' in current ? current.use : Reflect.get(current, 'name')) === name;

/** The config that a command line asks for. @throws CLI_BAD_ASSIGNMENT, CLI_NOT_AN_OPTION */
export const trainConfig = (file: Tree, flags: TrainFlags, sets: readonly string[]): Tree =>
  [...assignmentsOf(flags), ...sets.map(parseAssignment)].reduce((config: Tree, assignment) => {
    const [key = '', ...deeper] = assignment.path;
    const redundant = deeper.length === 0 && keepsPlugin(config[key], assignment.value);
    return redundant ? config : assign(config, assignment);
  }, withoutShorthand(file));

/** What a config cannot do without, as the flags that give it. */
const needed = { target: '--target', dataset: '--dataset', parameterization: '--latent-dim' } as const;

/** The flags of what the config still lacks. */
export const missingFlags = (config: Tree): readonly string[] =>
  Object.entries(needed).flatMap(([key, flag]) => (config[key] === undefined ? [flag] : []));
