// What of quantization's options decides about bits.

/** How weights are rounded. */
export interface WeightQuantization {
  /** What a weight is stored in: codes of 8 or 4 bits, or 16 bits of floating point. */
  readonly type: 'int8' | 'int4' | 'float16' | 'bfloat16';
  /**
   * Whether codes reach as far below 0 as above, with 0 as code 0 (−127 … 127, −7 … 7); otherwise each grid has a zero
   * point of its own and all its codes (−128 … 127, −8 … 7). Of `int8` and `int4`.
   */
  readonly symmetric: boolean;
  /** One scale a tensor, or one for each slice along the last axis of a kernel: its units. Of `int8` and `int4`. */
  readonly granularity: 'tensor' | 'channel';
  /**
   * `minMax` reaches from the lowest to the highest weight; `mse` clips at 100, 95, … 25 % of that, whichever rounds with
   * the least squared error. Of `int8` and `int4`.
   */
  readonly range: 'minMax' | 'mse';
  /** Whether biases and gains are rounded too, one grid each. They are few, and sums depend on them: float32 else. */
  readonly bias: boolean;
}
