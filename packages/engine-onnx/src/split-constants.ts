// Large constants are not written into the model: ONNX Runtime would hold them twice while it loads, and a model ends at
// 2 GiB. They become inputs that are the same in every run: 100 MB of indices, 570 MB at the most in a model, 480 MB
// as an input (`bench/constants.ts`). Small ones stay: they can be packed for matrix products once and for all.
import type { OnnxModel, OnnxTensor } from '@mapping-networks/graph';

/** Bytes from which a constant is large. */
const LARGE = 2 ** 20;

export interface SplitModel {
  /** The model, with large constants among its inputs. */
  readonly model: OnnxModel;
  readonly constants: readonly OnnxTensor[];
}

export const splitConstants = (model: OnnxModel): SplitModel => {
  const large = ({ data }: OnnxTensor): boolean => data.byteLength >= LARGE;
  const constants = model.initializers.filter(large);
  const inputs = [...model.inputs, ...constants.map(({ name, dtype, shape }) => ({ name, dtype, shape }))];
  const initializers = model.initializers.filter((tensor) => !large(tensor));
  return { model: { ...model, inputs, initializers }, constants };
};
