// All rules, by the kind of node that they rewrite. Order within a row: what makes the node vanish, what makes its
// operands smaller, what moves transposes and reshapes past it.
import type { Kind, Node } from '../ir/node.ts';
import { algebra } from './arithmetic.ts';
import {
  bareOperands,
  broadcastToReshape,
  composeBroadcasts,
  reshapeOfBroadcast,
  sliceOfBroadcast,
  transposeOfBroadcast,
} from './broadcasts.ts';
import { sinkReshape, sinkTranspose } from './elementwise-sinking.ts';
import { divideByFactor, joinFactors } from './factors.ts';
import { foldConstants, foldFills } from './fold.ts';
import { matMulOfTransposes } from './mat-muls.ts';
import {
  composeReductions,
  reduceOfBroadcast,
  reduceOfCentred,
  reduceOfNeg,
  reduceOfOnes,
  reduceOfProduct,
} from './reductions.ts';
import {
  argExtremeOfReshape,
  composeReshapes,
  concatOfReshapes,
  padOfReshape,
  reduceOfReshape,
  sliceOfReshape,
} from './reshapes.ts';
import type { Rule, RuleTable } from './rule.ts';
import { decidedSelect, negatedSelect, selectToCast } from './selects.ts';
import {
  composePads,
  composeSlices,
  flattenConcat,
  joinSlices,
  sliceOfConcat,
  sliceOfPad,
} from './slices-concats-pads.ts';
import {
  argExtremeOfTranspose,
  composeTransposes,
  concatOfTransposes,
  cumulativeSumOfTranspose,
  gatherOfTranspose,
  padOfTranspose,
  reduceOfTranspose,
  reshapeOfTranspose,
  sliceOfTranspose,
  transposeToReshape,
} from './transposes.ts';
import { sumOfPads } from './sums-of-pads.ts';
import { composeCasts, composeUnary, negBinary } from './unary.ts';

/** Tried on every node. */
const ANY: readonly Rule[] = [foldFills, foldConstants];

const OF_KIND: RuleTable = {
  argExtreme: [argExtremeOfTranspose, argExtremeOfReshape],
  binary: [bareOperands, algebra, sumOfPads, joinFactors, divideByFactor, sinkTranspose, sinkReshape],
  broadcast: [composeBroadcasts, broadcastToReshape],
  cast: [bareOperands, composeCasts, sinkTranspose, sinkReshape],
  concat: [flattenConcat, joinSlices, concatOfTransposes, concatOfReshapes],
  cumulativeSum: [cumulativeSumOfTranspose],
  gather: [gatherOfTranspose],
  matMul: [matMulOfTransposes],
  pad: [composePads, padOfTranspose, padOfReshape],
  reduce: [
    reduceOfOnes,
    composeReductions,
    reduceOfBroadcast,
    reduceOfNeg,
    reduceOfCentred,
    reduceOfProduct,
    reduceOfTranspose,
    reduceOfReshape,
  ],
  reshape: [composeReshapes, reshapeOfBroadcast, reshapeOfTranspose],
  select: [bareOperands, decidedSelect, negatedSelect, selectToCast, sinkTranspose, sinkReshape],
  slice: [composeSlices, sliceOfConcat, sliceOfPad, sliceOfBroadcast, sliceOfTranspose, sliceOfReshape],
  transpose: [composeTransposes, transposeToReshape, transposeOfBroadcast],
  unary: [bareOperands, composeUnary, negBinary, sinkTranspose, sinkReshape],
};

/** The rules for a node, which is of the kind that they are for. */
export const rulesFor = ({ kind }: Node): readonly Rule[] => BY_KIND.get(kind) ?? ANY;

const BY_KIND: ReadonlyMap<Kind, readonly Rule[]> = new Map(
  Object.entries(OF_KIND).map(([kind, rules]): [Kind, readonly Rule[]] => [
    kind as Kind,
    [...ANY, ...(rules as readonly Rule[])],
  ]),
);
