// Identity, and Cast to the same type: tfjs-backend-wasm copies the data, the other backends let both tensors
// share it. Every tensor that autodiff keeps for the way back is such a clone.
import { Cast, Identity } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { CastAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import { wasmSpecialCase } from './kernel.ts';
import type { SpecialCase } from './kernel.ts';

export const identity: SpecialCase = wasmSpecialCase<'x', object>(Identity, ({ inputs, backend }) =>
  inputs.x.dtype === 'string' ? undefined : share(backend, inputs.x),
);

export const cast: SpecialCase = wasmSpecialCase<'x', CastAttrs>(Cast, ({ inputs, attrs, backend }) =>
  inputs.x.dtype === attrs.dtype && attrs.dtype !== 'string' ? share(backend, inputs.x) : undefined,
);

/** A second owner of the same data; the backend counts owners and frees with the last. */
function share(backend: BackendWasm, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}
