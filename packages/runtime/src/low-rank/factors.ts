// Which tensors of a space become U V, seen as matrices, of which rank, and what their U and V are.
import { initMoments } from '../space/init-moments.ts';
import type { ParameterSpace, ParameterSpec, PlacedParameter } from '../space/parameter.ts';
import { GAUSSIAN_RANK_OPERATIONS } from './gaussian-rank.ts';
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

/** A matrix that options choose, and the name that they have for it; undefined where they name none. */
interface Chosen extends Matrix {
  readonly by: string | undefined;
}

const chosenIn = (
  { parameters }: Pick<ParameterSpace, 'parameters'>,
  options: Pick<RankOptions, 'rank' | 'layers'>,
): readonly Chosen[] => {
  const given = namedMatrices(options);
  const names = given && new Set(given);
  return parameters.flatMap((parameter): readonly Chosen[] => {
    const { shape, size, role } = parameter;
    const by = [parameter.name, parameter.layer].find((each) => names?.has(each));
    const chosen = names
      ? by !== undefined
      : options.layers === 'all' || (role === 'kernel' && shape.length === 2);
    const columns = shape.at(-1) as number;
    return chosen && isMatrix(parameter) ? [{ parameter, rows: size / columns, columns, by }] : [];
  });
};

/**
 * The matrices of a space that are factorized, in its order. `rankOf` says the rank at which a matrix keeps an energy; it
 * is asked only where the options give an energy. Whether a rank fits its matrix is not looked at.
 */
export const factorsIn = (
  space: Pick<ParameterSpace, 'parameters'>,
  options: RankOptions,
  rankOf: (matrix: Matrix, energy: number) => number,
): readonly Factor[] => {
  const { rank, energy } = options;
  return chosenIn(space, options).flatMap(({ by, ...matrix }): readonly Factor[] => {
    const fixed = typeof rank === 'object' ? rank[by as string] : rank;
    const stem = matrix.parameter.name.replace(/\.kernel$/, '');
    const factor: Factor = {
      ...matrix,
      rank: fixed ?? rankOf(matrix, energy as number),
      u: `${stem}.u`,
      v: `${stem}.v`,
      named: by !== undefined,
    };
    return factor.named || saves(factor) ? [factor] : [];
  });
};

/** What it costs to find the ranks of an energy by `gaussianRank`, in operations of about a nanosecond. */
export const rankOperations = (space: Pick<ParameterSpace, 'parameters'>, options: RankOptions): number =>
  options.energy === undefined ? 0 : chosenIn(space, options).length * GAUSSIAN_RANK_OPERATIONS;

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
