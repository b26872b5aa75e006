// What the tensors of a network are, and where they lie in the flat θ: the order of θ is part of every stored latent.

/** What a tensor does in its layer. */
export type Role = 'kernel' | 'recurrentKernel' | 'bias' | 'gain';

/**
 * How a fresh tensor is distributed: `he` is N(0, 2 / fanIn) (He et al. 2015), `glorot` is N(0, 2 / (fanIn + fanOut))
 * (Glorot & Bengio 2010), `normal` is N(mean, std²).
 */
export type Init =
  | { readonly type: 'he' }
  | { readonly type: 'glorot' }
  | { readonly type: 'normal'; readonly mean: number; readonly std: number };

/** One tensor that a network needs. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: Role;
  /** Inputs that one unit sums over. */
  readonly fanIn: number;
  /** Units that one input feeds. */
  readonly fanOut: number;
  /** The layer it belongs to; kernel and bias of a layer share it. */
  readonly layer: string;
  readonly init: Init;
}

/** A parameter and where it lies in the flat θ. */
export interface PlacedParameter extends ParameterSpec {
  readonly size: number;
  readonly offset: number;
}

/** Consecutive parameters of one layer. */
export interface LayerSpan {
  readonly layer: string;
  readonly size: number;
  readonly offset: number;
  readonly parameters: readonly PlacedParameter[];
}

/**
 * All tensors that a target needs, in order and laid out in one flat θ of P float32 numbers. Frozen, without values.
 */
export interface ParameterSpace {
  /** In the order of θ. */
  readonly parameters: readonly PlacedParameter[];
  /** Layers in the order of their first parameter. */
  readonly layers: readonly LayerSpan[];
  /** P, the number of scalars. */
  readonly size: number;
}

/**
 * The number of elements of a shape; 1 for a scalar.
 *
 * @example
 * ```ts
 * import { sizeOf } from '@mapping-networks/runtime/canonical';
 * console.log(sizeOf([3, 3, 1, 32]), sizeOf([])); // 288 1
 * ```
 */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

/** Tensors in order, unchecked, each behind the one before. */
export const placeParameters = (
  specs: readonly ParameterSpec[],
): Pick<ParameterSpace, 'parameters' | 'size'> => {
  let size = 0;
  const parameters = specs.map((spec): PlacedParameter => {
    const placed = { ...spec, shape: [...spec.shape], size: sizeOf(spec.shape), offset: size };
    size += placed.size;
    return placed;
  });
  return { parameters, size };
};

/** One span for each run of parameters of a layer. */
export const layerSpans = (parameters: readonly PlacedParameter[]): readonly LayerSpan[] => {
  const layers: { layer: string; size: number; offset: number; parameters: PlacedParameter[] }[] = [];
  for (const parameter of parameters) {
    const { layer, size, offset } = parameter;
    const last = layers.at(-1);
    if (last?.layer === layer) {
      last.parameters.push(parameter);
      last.size += size;
    } else layers.push({ layer, size, offset, parameters: [parameter] });
  }
  return layers;
};
