// Layers of ours as layers of tfjs-layers that compute the same in inference.
import { ACTIVATIONS, type ActivationName, type NamedLayer } from '@mapping-networks/core';
import { layers as tfl } from '@tensorflow/tfjs-layers';
import { match, P } from 'ts-pattern';

/** What `tf.sequential` takes. */
type LayersLayer = InstanceType<typeof tfl.Layer>;

type ActivationIdentifier = Parameters<typeof tfl.activation>[0]['activation'];

// Values come from the file: drawing others first would only take time.
const unset = { kernelInitializer: 'zeros', biasInitializer: 'zeros' } as const;

/** Of the first layer, `inputShape` is told to tfjs-layers; `flat` says that the layer gets a single axis. */
export interface LayerPlace {
  readonly first: boolean;
  readonly inputShape: number[];
  readonly flat: boolean;
}

export const layerOf = (layer: NamedLayer, { first, inputShape, flat }: LayerPlace): LayersLayer => {
  const common = { name: layer.name, ...(first && { inputShape }) };
  return match(layer)
    .with({ type: 'conv2d' }, ({ filters, kernelSize, strides = 1, padding = 'valid', bias = true }) =>
      tfl.conv2d({ ...common, ...unset, filters, kernelSize, strides, padding, useBias: bias }),
    )
    .with({ type: 'dense' }, ({ units, bias = true }) =>
      tfl.dense({ ...common, ...unset, units, useBias: bias }),
    )
    .with({ type: 'maxPool2d' }, ({ poolSize, strides = poolSize, padding = 'valid' }) =>
      tfl.maxPooling2d({ ...common, poolSize, strides, padding }),
    )
    .with({ type: 'avgPool2d' }, ({ poolSize, strides = poolSize, padding = 'valid' }) =>
      tfl.averagePooling2d({ ...common, poolSize, strides, padding }),
    )
    .with({ type: 'globalAvgPool2d' }, () => tfl.globalAveragePooling2d(common))
    .with({ type: 'flatten' }, () =>
      // What is flat already, tfjs-layers refuses to flatten.
      flat ? tfl.activation({ ...common, activation: 'linear' }) : tfl.flatten(common),
    )
    .with({ type: 'reshape' }, ({ shape }) => tfl.reshape({ ...common, targetShape: [...shape] }))
    .with({ type: 'batchNorm' }, ({ momentum = 0.1, epsilon = 1e-5 }) =>
      // Keras counts the share of the old statistics.
      tfl.batchNormalization({ ...common, axis: -1, momentum: 1 - momentum, epsilon }),
    )
    .with({ type: 'dropout' }, ({ rate }) => tfl.dropout({ ...common, rate }))
    .with({ type: P.union(...ACTIVATIONS) }, ({ type }) =>
      type === 'leakyRelu'
        ? tfl.leakyReLU({ ...common, alpha: 0.01 })
        : tfl.activation({ ...common, activation: ACTIVATION_OF[type] }),
    )
    .exhaustive();
};

const ACTIVATION_OF: Readonly<Record<Exclude<ActivationName, 'leakyRelu'>, ActivationIdentifier>> = {
  relu: 'relu',
  elu: 'elu',
  gelu: 'gelu',
  silu: 'swish',
  softplus: 'softplus',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
};
