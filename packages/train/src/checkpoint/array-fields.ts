// The fields of a state that hold arrays.
import type { RunState } from '../step/state.ts';

export const ARRAY_FIELDS = [
  'trainables',
  'loss',
  'optimizer',
  'buffers',
] as const satisfies readonly (keyof RunState)[];
