// Layers of ours as operators of TensorFlow that compute the same in inference.
import { ACTIVATIONS, type ActivationName, type NamedLayer, type Padding } from '@mapping-networks/core';
import { match, P } from 'ts-pattern';
import { FLOAT, flag, integer, integers, real, text, texts, type Attributes } from './graph-def.ts';
import type { GraphWriter } from './graph-writer.ts';

/** Where a layer stands. */
export interface LayerPlace {
  /** The node that gives its input. */
  readonly x: string;
  /** How many numbers an example has there. */
  readonly size: () => number;
  /** The node that gives one of its tensors: `kernel`, `bias`, … */
  readonly tensor: (name: string) => string;
  /** Whether its output goes through relu, which convolutions and products with a bias do on the way. */
  readonly relu: boolean;
}

/** The node that gives the output of a layer. */
export const layerNodes = (writer: GraphWriter, layer: NamedLayer, place: LayerPlace): string => {
  const { x, size, tensor } = place;
  const { node, whole } = writer;
  const named = (op: string, inputs: readonly string[], attributes: Attributes = {}): string =>
    node(op, `${layer.name}/${op.replace('_', '')}`, inputs, { T: FLOAT, ...attributes });
  return match(layer)
    .with({ type: 'conv2d' }, ({ strides = 1, padding = 'valid', bias = true }) => {
      const window = { ...sliding(strides, padding), dilations: integers([1, 1, 1, 1]) };
      const inputs = [x, tensor('kernel')];
      return bias
        ? named('_FusedConv2D', [...inputs, tensor('bias')], { ...window, ...fused(place) })
        : named('Conv2D', inputs, window);
    })
    .with({ type: 'dense' }, ({ bias = true }) => {
      const product = { transpose_a: flag(false), transpose_b: flag(false) };
      const inputs = [x, tensor('kernel')];
      return bias
        ? named('_FusedMatMul', [...inputs, tensor('bias')], { ...product, ...fused(place) })
        : named('MatMul', inputs, product);
    })
    .with({ type: P.union('maxPool2d', 'avgPool2d') }, ({ type, poolSize, ...given }) => {
      const { strides = poolSize, padding = 'valid' } = given;
      const window = { ksize: integers([1, poolSize, poolSize, 1]), ...sliding(strides, padding) };
      return named(type === 'maxPool2d' ? 'MaxPool' : 'AvgPool', [x], window);
    })
    .with({ type: 'globalAvgPool2d' }, () => named('Mean', [x, whole([1, 2])], { keep_dims: flag(false) }))
    .with({ type: 'flatten' }, () => named('Reshape', [x, whole([-1, size()])]))
    .with({ type: 'reshape' }, ({ shape }) => named('Reshape', [x, whole([-1, ...shape])]))
    .with({ type: 'batchNorm' }, ({ epsilon = 1e-5 }) => {
      const statistics = ['gain', 'bias', 'runningMean', 'runningVariance'].map(tensor);
      const options = { epsilon: real(epsilon), data_format: text('NHWC'), is_training: flag(false) };
      return named('FusedBatchNormV3', [x, ...statistics], options);
    })
    .with({ type: 'dropout' }, () => x)
    .with({ type: P.union(...ACTIVATIONS) }, ({ type }) => activation(type, x, named, writer))
    .exhaustive();
};

const sliding = (strides: number, padding: Padding): Attributes => ({
  strides: integers([1, strides, strides, 1]),
  padding: text(padding.toUpperCase()),
  data_format: text('NHWC'),
});

const fused = ({ relu }: LayerPlace): Attributes => ({
  fused_ops: texts(relu ? ['BiasAdd', 'Relu'] : ['BiasAdd']),
  num_args: integer(1),
});

const activation = (
  type: ActivationName,
  x: string,
  named: (op: string, inputs: readonly string[], attributes?: Attributes) => string,
  { real: number }: GraphWriter,
): string =>
  match(type)
    .with('relu', () => named('Relu', [x]))
    .with('leakyRelu', () => named('LeakyRelu', [x], { alpha: real(0.01) }))
    .with('elu', () => named('Elu', [x]))
    // x/2 · (1 + erf(x/√2)).
    .with('gelu', () => {
      const erf = named('Erf', [named('Mul', [x, number(Math.SQRT1_2)])]);
      return named('Mul', [named('Mul', [x, number(0.5)]), named('AddV2', [erf, number(1)])]);
    })
    .with('silu', () => named('Mul', [x, named('Sigmoid', [x])]))
    .with('softplus', () => named('Softplus', [x]))
    .with('tanh', () => named('Tanh', [x]))
    .with('sigmoid', () => named('Sigmoid', [x]))
    .exhaustive();
