// The functions that a model calls, as part of it.
import type { OnnxFunction, PortableModel } from '../../onnx/model.ts';
import { drawingFunctions } from './drawing.ts';
import { sylvester } from './sylvester.ts';
import { tableFunctions } from './tables.ts';
import { threefryFunctions } from './threefry.ts';

type Calls = { readonly nodes: readonly Pick<OnnxFunction['nodes'][number], 'domain' | 'operator'>[] };

const calledIn = ({ nodes }: Calls, all: readonly OnnxFunction[]): readonly OnnxFunction[] => {
  const names = new Set(nodes.filter(({ domain }) => domain === 'local').map(({ operator }) => operator));
  return all.filter(({ name }) => names.has(name));
};

/** The model with the functions that its nodes call, and those that these call. `links` as for `drawingFunctions`. */
export const withFunctions = (model: PortableModel, links: number): PortableModel => {
  const all = [...threefryFunctions, ...drawingFunctions(links), ...tableFunctions, sylvester];
  const functions = new Set(calledIn(model, all));
  // A set is walked to the end of what is added meanwhile.
  for (const each of functions) for (const inner of calledIn(each, all)) functions.add(inner);
  if (functions.size === 0) return model;
  return {
    ...model,
    operatorSets: [...model.operatorSets, { domain: 'local', version: 1 }],
    functions: [...functions],
  };
};
