// The layers that `sequential` knows are those that the runtime runs: one closed union of plain data.
export {
  ACTIVATIONS,
  type ActivationLayer,
  type ActivationName,
  type BatchNormLayer,
  type Conv2dLayer,
  type DenseLayer,
  type DropoutLayer,
  type FlattenLayer,
  type GlobalAvgPool2dLayer,
  type Layer,
  type NamedLayer,
  type Padding,
  type Pool2dLayer,
  type ReshapeLayer,
  type Shape,
} from '@mapping-networks/runtime/canonical';
