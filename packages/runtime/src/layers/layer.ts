// The layers of feed-forward networks: a closed union of plain data, so that a network can be read, compared and
// walked by total functions (shape, parameters, buffers, masks, application). Images are channels-last.
import type { Init } from '../space/parameter.ts';

/** Element-wise functions, each a layer of its own name. */
export type ActivationName = 'relu' | 'leakyRelu' | 'elu' | 'gelu' | 'silu' | 'softplus' | 'tanh' | 'sigmoid';

/** Every activation, for options that let a user choose one. */
export const ACTIVATIONS: readonly [
  'relu',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
  'softplus',
  'tanh',
  'sigmoid',
] = ['relu', 'leakyRelu', 'elu', 'gelu', 'silu', 'softplus', 'tanh', 'sigmoid'];

interface Nameable {
  /** Begins the names of the layer's tensors, `NAME.kernel`. By default the type and a number: `conv2d1`. */
  readonly name?: string;
}

/** `same` pads with zeros to ⌈side / stride⌉, `valid` does not pad: ⌊(side − window) / stride⌋ + 1. */
export type Padding = 'same' | 'valid';

/** Convolution `[height, width, in]` → `[height, width, filters]` with kernel `[k, k, in, filters]`. */
export interface Conv2dLayer extends Nameable {
  readonly type: 'conv2d';
  /** 1 … 1,000,000. */
  readonly filters: number;
  /** Side of the square window, 1 … 1,000,000. */
  readonly kernelSize: number;
  /** 1 … 1,000,000; default 1. */
  readonly strides?: number;
  /** Default `valid`. */
  readonly padding?: Padding;
  /** Default true. */
  readonly bias?: boolean;
  /** Of the kernel; default He. */
  readonly init?: Init;
}

/** `x W + b`: `[in]` → `[units]` with kernel `[in, units]`. */
export interface DenseLayer extends Nameable {
  readonly type: 'dense';
  /** 1 … 1,000,000. */
  readonly units: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Of the kernel; default He. */
  readonly init?: Init;
}

/** Maximum or mean over square windows. The mean counts only what lies inside the image. */
export interface Pool2dLayer extends Nameable {
  readonly type: 'maxPool2d' | 'avgPool2d';
  /** Side of the window. */
  readonly poolSize: number;
  /** Default: the pool size, so that windows do not overlap. */
  readonly strides?: number;
  /** Default `valid`. */
  readonly padding?: Padding;
}

/** Mean over height and width: `[height, width, channels]` → `[channels]`. */
export interface GlobalAvgPool2dLayer extends Nameable {
  readonly type: 'globalAvgPool2d';
}

/** An element-wise function: leakyRelu has slope 0.01, gelu is the exact form with erf. */
export interface ActivationLayer extends Nameable {
  readonly type: ActivationName;
}

/** Any shape → one axis, in row-major order. */
export interface FlattenLayer extends Nameable {
  readonly type: 'flatten';
}

/** The same numbers in another shape, without the batch dimension. */
export interface ReshapeLayer extends Nameable {
  readonly type: 'reshape';
  readonly shape: readonly number[];
}

/**
 * Batch normalisation over all axes but the last (Ioffe & Szegedy 2015):
 * gain · (x − mean) / √(variance + epsilon) + bias.
 *
 * In training mean and variance are those of the batch (variance biased, divided by n), and the buffers become
 * (1 − momentum) · running + momentum · batch, with the *unbiased* variance (divided by n − 1), as in PyTorch.
 * In inference the buffers are used.
 */
export interface BatchNormLayer extends Nameable {
  readonly type: 'batchNorm';
  /** The weight of the new batch, in (0, 1]; default 0.1. */
  readonly momentum?: number;
  /** 1e-30 … 1000; default 1e-5. */
  readonly epsilon?: number;
}

/** Multiplies by a mask of 0 (with probability `rate`) and 1 / (1 − rate) in training; does nothing in inference. */
export interface DropoutLayer extends Nameable {
  readonly type: 'dropout';
  /** In [0, 1). */
  readonly rate: number;
}

/** Any layer of `sequential`: a closed union over `type`, plain data. */
export type Layer =
  | Conv2dLayer
  | DenseLayer
  | Pool2dLayer
  | GlobalAvgPool2dLayer
  | ActivationLayer
  | FlattenLayer
  | ReshapeLayer
  | BatchNormLayer
  | DropoutLayer;

/** A layer after `sequential` has named it. */
export type NamedLayer = Layer & { readonly name: string };

/** Sides without the batch dimension. */
export type Shape = readonly number[];
