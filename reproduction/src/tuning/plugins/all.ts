// What is tried and is no part of the library yet.
import type { AnyPlugin } from '@mapping-networks/core';
import { linear } from './linear.ts';
import { normalized } from './normalized.ts';
import { rescaled } from './rescaled.ts';

export const tuningPlugins: readonly AnyPlugin[] = [rescaled, normalized, linear];
