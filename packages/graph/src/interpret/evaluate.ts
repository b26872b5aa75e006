// What every kind of node computes, for arrays that hold its operands.
import type { NamedArrays } from '@mapping-networks/core';
import { missingInput } from '../errors.ts';
import type { Rules } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { evaluateCrossCorrelation } from './cross-correlation.ts';
import { evaluatePool } from './pool.ts';
import { evaluateBinary, evaluateCast, evaluateSelect, evaluateUnary } from './elementwise.ts';
import { evaluateMatMul } from './mat-mul.ts';
import {
  evaluateBroadcast,
  evaluateConcat,
  evaluateGather,
  evaluatePad,
  evaluateSlice,
  evaluateTranspose,
} from './move.ts';
import { evaluateArgExtreme, evaluateCumulativeSum, evaluateReduce } from './reduce.ts';
import { evaluateOneHot, evaluateSegmentSum } from './segment.ts';
import {
  evaluateAveragePool2dGradient,
  evaluateConv2d,
  evaluateConv2dFilterGradient,
  evaluateConv2dInputGradient,
  evaluateMaxPool2dGradient,
  evaluatePool2d,
} from './spatial.ts';
import { allocate } from './storage.ts';

/** Sums are taken in float64 and stored in the element type of the node. Operands are never written to. */
export const EVALUATE: Rules<ElementArray, [operands: readonly ElementArray[], inputs: NamedArrays]> = {
  argExtreme: evaluateArgExtreme,
  averagePool2dGradient: evaluateAveragePool2dGradient,
  binary: evaluateBinary,
  broadcast: evaluateBroadcast,
  cast: evaluateCast,
  concat: evaluateConcat,
  constant: ({ data }) => data,
  conv2d: evaluateConv2d,
  conv2dFilterGradient: evaluateConv2dFilterGradient,
  conv2dInputGradient: evaluateConv2dInputGradient,
  crossCorrelation: evaluateCrossCorrelation,
  cumulativeSum: evaluateCumulativeSum,
  fill: ({ type, value }) => allocate(type).fill(value),
  gather: evaluateGather,
  input: ({ name }, _, inputs) => {
    const array = inputs[name];
    if (array === undefined) throw missingInput(name, Object.keys(inputs));
    return array.data;
  },
  matMul: evaluateMatMul,
  maxPool2dGradient: evaluateMaxPool2dGradient,
  oneHot: evaluateOneHot,
  pad: evaluatePad,
  pool: evaluatePool,
  pool2d: evaluatePool2d,
  reduce: evaluateReduce,
  reshape: (_, operands) => operands[0] as ElementArray,
  segmentSum: evaluateSegmentSum,
  select: evaluateSelect,
  slice: evaluateSlice,
  transpose: evaluateTranspose,
  unary: evaluateUnary,
};
