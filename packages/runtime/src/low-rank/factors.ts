// Which tensors of a space become U V, seen as matrices, of which rank, and what their U and V are.
import { initMoments } from '../space/init-moments.ts';
import type { ParameterSpace, ParameterSpec, PlacedParameter } from '../space/parameter.ts';
import type { RankOptions } from './options.ts';

/** A tensor as a matrix: its last side are the columns, all others the rows. */
export interface Matrix {
  readonly parameter: PlacedParameter;
  readonly rows: number;
  readonly columns: number;
}

/** A matrix that becomes U `[rows, rank]` times V `[rank, columns]`. */
export interface Factor extends Matrix {
  readonly rank: number;
  /** The names of the two tensors: `LAYER.u` and `LAYER.v` for `LAYER.kernel`. */
  readonly u: string;
  readonly v: string;
  /** Whether the options name it: then it is factorized in any case. */
  readonly named: boolean;
}

/** The layers or tensors that options name; undefined where they name none. */
export const namedMatrices = ({
  rank,
  layers,
}: Pick<RankOptions, 'rank' | 'layers'>): readonly string[] | undefined =>
  typeof rank === 'object' ? Object.keys(rank) : typeof layers === 'object' ? layers : undefined;

/** Whether a tensor is a matrix: a kernel of at least two sides. */
export const isMatrix = ({ role, shape }: Pick<ParameterSpec, 'role' | 'shape'>): boolean =>
  shape.length >= 2 && (role === 'kernel' || role === 'recurrentKernel');

/**
 * The matrices of a space that are factorized, in its order. `rankOf` says the rank at which a matrix keeps an energy; it
 * is asked only where the options give an energy. Whether a rank fits its matrix is not looked at.
 */
export const factorsIn = (
  { parameters }: Pick<ParameterSpace, 'parameters'>,
  { rank, energy, layers }: RankOptions,
  rankOf: (matrix: Matrix, energy: number) => number,
): readonly Factor[] => {
  const given = namedMatrices({ ...(rank !== undefined && { rank }), layers });
  const names = given && new Set(given);
  return parameters.flatMap((parameter): readonly Factor[] => {
    const { shape, size, role } = parameter;
    const name = [parameter.name, parameter.layer].find((each) => names?.has(each));
    const chosen = names ? name !== undefined : layers === 'all' || (role === 'kernel' && shape.length === 2);
    if (!chosen || !isMatrix(parameter)) return [];
    const columns = shape.at(-1) as number;
    const matrix = { parameter, rows: size / columns, columns };
    const fixed = typeof rank === 'object' ? rank[name as string] : rank;
    const stem = parameter.name.replace(/\.kernel$/, '');
    const factor: Factor = {
      ...matrix,
      rank: fixed ?? rankOf(matrix, energy as number),
      u: `${stem}.u`,
      v: `${stem}.v`,
      named: name !== undefined,
    };
    return factor.named || saves(factor) ? [factor] : [];
  });
};

/** Whether U and V have fewer numbers than their product. */
const saves = ({ rows, columns, rank }: Factor): boolean => rank * (rows + columns) < rows * columns;

/**
 * The tensors of a space with U and V in the place of every factorized matrix.
 *
 * Entries of U V are sums of r products, so their variance is r·σu²·σv² = σ² with σu = σv = √(σ/√r). How σ is shared
 * between both is of no consequence: trainables are in units of it, and U V holds only the product.
 */
export const factorSpecs = (
  { parameters }: Pick<ParameterSpace, 'parameters'>,
  factors: readonly Factor[],
): readonly ParameterSpec[] => {
  const byName = new Map(factors.map((factor) => [factor.parameter.name, factor]));
  return parameters.flatMap((parameter): readonly ParameterSpec[] => {
    const factor = byName.get(parameter.name);
    if (!factor) return [parameter];
    const { role, layer } = parameter;
    const { rows, columns, rank, u, v } = factor;
    const std = Math.sqrt(initMoments(parameter).std / Math.sqrt(rank));
    const init = { type: 'normal', mean: 0, std } as const;
    return [
      { name: u, shape: [rows, rank], role, layer, fanIn: rows, fanOut: rank, init },
      { name: v, shape: [rank, columns], role, layer, fanIn: rank, fanOut: columns, init },
    ];
  });
};
