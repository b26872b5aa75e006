// The way to choose that the options ask for.
import type { Target } from '@mapping-networks/core';
import { match } from 'ts-pattern';
import type { PruneOptions } from '../options.ts';
import type { Chooser } from './chooser.ts';
import { filterChooser } from './filters.ts';
import { nOfMChooser } from './n-of-m.ts';
import { weightChooser } from './weights.ts';

/** @throws PRUNE_NO_LAYERS, PRUNE_NO_UNITS */
export const chooserFor = (
  { structure, scope }: PruneOptions,
  target: { readonly name: string; readonly impl: Target },
): Chooser =>
  match(structure)
    .with({ type: 'unstructured' }, () => weightChooser(target.impl.parameters, scope))
    .with({ type: 'filters' }, () => filterChooser(target, scope))
    .with({ type: 'nOfM' }, (form) => nOfMChooser(target.impl.parameters, form))
    .exhaustive();
