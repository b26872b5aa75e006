// Element types as onnx.proto counts them (TensorProto.DataType): in files, and as the attribute of Cast.
import type { OnnxDType } from './model.ts';

export const DATA_TYPE: Readonly<Record<OnnxDType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };
