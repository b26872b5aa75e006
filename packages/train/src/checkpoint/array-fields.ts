// The fields of a state that hold arrays.
import type { NamedArrays } from '@mapping-networks/core';
import type { RunState } from '../step/state.ts';

type ArrayField = { [K in keyof RunState]: RunState[K] extends NamedArrays ? K : never }[keyof RunState];

export const ARRAY_FIELDS: readonly ArrayField[] = ['trainables', 'loss', 'optimizer', 'buffers'];
