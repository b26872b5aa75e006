// Element types as onnx.proto counts them (TensorProto.DataType): in files, and as the attribute of Cast.
import type { OnnxDType } from './model.ts';

export const DATA_TYPE: Readonly<Record<OnnxDType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  uint32: 12,
};
