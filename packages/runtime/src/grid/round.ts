// Rounding to whole numbers as ONNX and TensorFlow.js do it: halves to the even neighbour.

/** 1.5·2⁵²: beside it the doubles are whole numbers, so that a sum with it is rounded to one, halves to even. */
const WHOLE = 1.5 * 2 ** 52;

/** The nearest whole number, halves to even; never −0. For |x| below 2⁵¹. */
export const roundHalfEven = (x: number): number => x + WHOLE - WHOLE;
