// Whether a checkpoint belongs to the run that is to take it up; if not, what is different.
import { shown } from '@mapping-networks/core';
import { foreignCheckpoint } from '../errors.ts';
import type { RunState } from '../step/state.ts';
import { ARRAY_FIELDS } from './array-fields.ts';
import type { Checkpoint } from './checkpoint.ts';

export interface ResumeSetting extends Pick<Checkpoint, 'identity' | 'run'> {
  /** The state before the first step, for the names and shapes in it. */
  readonly fresh: RunState;
  readonly epochSteps: number;
  readonly epochs: number;
}

/** @throws TRAIN_FOREIGN_CHECKPOINT */
export const checkResume = (checkpoint: Checkpoint, setting: ResumeSetting): void => {
  if (checkpoint.identity !== setting.identity) {
    const found = factDifferences(checkpoint.run, setting.run, '');
    throw foreignCheckpoint(found.length > 0 ? found.slice(0, 5) : ['its identity is another one']);
  }
  const { state, rollback, best } = checkpoint;
  for (const each of [state, rollback, best?.state]) {
    const [difference] = each ? stateDifferences(each, setting) : [];
    if (difference !== undefined) throw foreignCheckpoint([difference]);
  }
};

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** `optimizer.beta1 is 0.9 there, 0.95 here` for every leaf that differs. */
const factDifferences = (there: unknown, here: unknown, path: string): readonly string[] => {
  if (isTree(there) && isTree(here)) {
    const keys = [...new Set([...Object.keys(there), ...Object.keys(here)])];
    return keys.flatMap((key) =>
      factDifferences(own(there, key), own(here, key), path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(there, here) ? [] : [`${path} is ${worded(there)} there, ${worded(here)} here`];
};

const own = (tree: object, key: string): unknown =>
  Object.hasOwn(tree, key) ? Reflect.get(tree, key) : undefined;

const worded = (value: unknown): string => (value === undefined ? 'not given' : shown(value));

/** Arrays by name, type and shape, and the place in the run. */
const stateDifferences = (
  state: RunState,
  { fresh, epochSteps, epochs }: ResumeSetting,
): readonly string[] => {
  const [there, here] = [layoutOf(state), layoutOf(fresh)];
  const names = [...new Set([...Object.keys(there), ...Object.keys(here)])];
  const arrays = names.flatMap((name) =>
    factDifferences(own(there, name), own(here, name), `array '${name}'`),
  );
  const placed =
    state.epoch <= epochs &&
    state.position <= epochSteps &&
    state.step === state.epoch * epochSteps + state.position;
  return placed
    ? arrays
    : [...arrays, `it stands at step ${state.step}, epoch ${state.epoch}, batch ${state.position}`];
};

const layoutOf = (state: RunState): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ARRAY_FIELDS.flatMap((field) =>
      Object.entries(state[field]).map(([name, { dtype, shape }]) => [
        `${field}.${name}`,
        `${dtype} [${shape.join(', ')}]`,
      ]),
    ),
  );
