// Nodes and constants of a graph in the order in which they are computed; names are unique, small constants shared.
import type { StoredWeight } from '../model-files.ts';
import { bytesOf } from '../../bytes.ts';
import { FLOAT, INT, type Attributes, type NodeDef } from './graph-def.ts';

/** Each function gives the name of the node that it adds. */
export interface GraphWriter {
  readonly node: (op: string, name: string, inputs: readonly string[], attributes?: Attributes) => string;
  readonly constant: (weight: StoredWeight) => string;
  /** An int32 vector, or a scalar for a number, such as a shape or an axis: equal ones are one constant. */
  readonly whole: (values: number | readonly number[]) => string;
  /** The same for float32. */
  readonly real: (values: number | readonly number[]) => string;
  readonly graph: () => { readonly nodes: readonly NodeDef[]; readonly weights: readonly StoredWeight[] };
}

export const graphWriter = (): GraphWriter => {
  const nodes = new Map<string, NodeDef>();
  const weights: StoredWeight[] = [];
  const shared = new Map<string, string>();

  const node: GraphWriter['node'] = (op, wanted, input, attr) => {
    let name = wanted;
    for (let i = 1; nodes.has(name); i++) name = `${wanted}_${i}`;
    nodes.set(name, { name, op, ...(input.length > 0 && { input }), ...(attr && { attr }) });
    return name;
  };
  const constant: GraphWriter['constant'] = (weight) => {
    const name = node('Const', weight.name, [], { dtype: weight.dtype === 'int32' ? INT : FLOAT });
    weights.push({ ...weight, name });
    return name;
  };
  const small =
    (dtype: StoredWeight['dtype']) =>
    (values: number | readonly number[]): string => {
      const list = [values].flat();
      const key = `${dtype} ${JSON.stringify(values)}`;
      const name =
        shared.get(key) ??
        constant({
          name: `const/${dtype}`,
          dtype,
          shape: typeof values === 'number' ? [] : [list.length],
          bytes: bytesOf(dtype === 'int32' ? Int32Array.from(list) : Float32Array.from(list)),
        });
      shared.set(key, name);
      return name;
    };
  return {
    node,
    constant,
    whole: small('int32'),
    real: small('float32'),
    graph: () => ({ nodes: [...nodes.values()], weights }),
  };
};
