// Biases of integer products are integers too, in units of the scale of what is multiplied: that is how sums are kept
// inside them. A bias that is too large for its unit stays float32.
import type { OnnxNode, OnnxSide, OnnxTensor, PortableModel } from '../onnx/model.ts';
import { int } from '../lower/emitter.ts';
import type { StoredForm } from './store-constants.ts';
import type { StoredCodes } from './weight-codes.ts';

interface Quantized {
  readonly model: PortableModel;
  readonly stored: ReadonlyMap<string, StoredCodes>;
  /** Of an activation that is quantized. */
  readonly scaleOf: (name: string) => number | undefined;
}

const MOST = 2 ** 31 - 1;

/** The bias of a product of codes, as int32 codes. */
export const biasCodes = (
  node: OnnxNode<OnnxSide>,
  { model, stored, scaleOf }: Quantized,
): readonly { readonly tensor: OnnxTensor; readonly form: StoredForm }[] => {
  const [x = '', weights = '', name = ''] = node.inputs;
  const tensor = model.initializers.find((initializer) => initializer.name === name);
  const [scale, codes] = [scaleOf(x), stored.get(weights)];
  const vector = tensor?.data instanceof Float32Array && tensor.shape.length === 1 ? tensor.data : undefined;
  if (!tensor || !vector || scale === undefined || codes === undefined) return [];
  // Its unit is that of one product.
  if (model.nodes.filter(({ inputs }) => inputs.includes(name)).length > 1) return [];
  const units = vector.map((_, at) => Math.fround(scale * (codes.scales[at % codes.scales.length] ?? 1)));
  const rounded = Array.from(vector, (value, at) => Math.round(value / (units[at] as number)));
  if (!rounded.every((code) => Math.abs(code) <= MOST)) return [];
  const perChannel = codes.axis !== undefined;
  const sides = perChannel ? [units.length] : [];
  const initializers: readonly OnnxTensor[] = [
    { name: `${name}.codes`, dtype: 'int32', shape: tensor.shape, data: Int32Array.from(rounded) },
    { name: `${name}.scale`, dtype: 'float32', shape: sides, data: perChannel ? units : units.slice(0, 1) },
    {
      name: `${name}.zeroPoint`,
      dtype: 'int32',
      shape: sides,
      data: new Int32Array(perChannel ? units.length : 1),
    },
  ];
  const form: OnnxNode<OnnxSide> = {
    operator: 'DequantizeLinear',
    domain: '',
    inputs: initializers.map((initializer) => initializer.name),
    outputs: [{ name, dtype: 'float32', shape: tensor.shape }],
    attributes: perChannel ? { axis: int(0) } : {},
  };
  return [{ tensor, form: { initializers, nodes: [form] } }];
};
