// The arrays behind the element types: rounding to float32, int32 or bool is what storing into one does.

/** By element type; see `ElementArray`. */
export const ARRAYS: {
  readonly bool: Uint8ArrayConstructor;
  readonly float32: Float32ArrayConstructor;
  readonly int32: Int32ArrayConstructor;
} = { bool: Uint8Array, float32: Float32Array, int32: Int32Array };
