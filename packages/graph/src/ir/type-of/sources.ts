// Types of nodes without operands.
import { sizeOf } from '@mapping-networks/core';
import { ARRAYS } from '../arrays.ts';
import { fit, shown } from './fit.ts';
import type { TypeRulesOf } from './type-rules.ts';

export const SOURCES: TypeRulesOf<'constant' | 'fill' | 'input'> = {
  constant: ({ kind, type, data }) => {
    fit(data.length === sizeOf(type.shape), kind, () => `${data.length} elements for ${shown(type)}`);
    fit(data instanceof ARRAYS[type.dtype], kind, () => `${data.constructor.name} for ${shown(type)}`);
    return type;
  },
  fill: ({ type }) => type,
  input: ({ type }) => type,
};
