// Whether a classifier is as sure as it is right. Confidences are put into equal bins; in each, the mean confidence
// stands against the share that was right (Guo et al. 2017, On Calibration of Modern Neural Networks, eq. 2 and 3).
import { requireNumbers, requireParts } from '../arguments.ts';
import { predictedClasses } from './predicted-classes.ts';

/** Examples whose confidence (the greatest probability) lies in (from, to]. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence, and the share predicted right; absent in an empty bin. */
  readonly confidence?: number;
  readonly accuracy?: number;
}

/** How far confidences can be trusted: by bins, and in single figures. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error, Σ (count / n) · |accuracy − confidence| over the bins, in [0, 1]. */
  readonly ece: number;
  /** Mean of Σ_k (p_k − [k is true])², in [0, 2] (Brier 1950). */
  readonly brier: number;
  /** Mean of −ln p of the true class, in nats; probabilities below 1e-12 count as 1e-12. */
  readonly nll: number;
  /** Mean confidence and accuracy over all examples. */
  readonly confidence: number;
  readonly accuracy: number;
}

const leastProbability = 1e-12;

interface Gathered {
  count: number;
  confidence: number;
  right: number;
}

const binOf = (confidence: number, bins: number): number =>
  Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));

/**
 * Calibration of `[n, classes]` probabilities against n true classes, over `bins` equal bins of confidence. All
 * figures are 0 when there are no examples.
 *
 * @example
 * ```ts
 * import { calibration } from '@mapping-networks/report';
 * const { ece } = calibration(Float32Array.of(0.75, 0.25, 0.75, 0.25), [0, 1], 10);
 * console.log(ece); // 0.25
 * ```
 */
export const calibration = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  bins = 15,
): Calibration => {
  requireNumbers('calibration', 'probabilities', probabilities);
  requireNumbers('calibration', 'labels', labels);
  requireParts('calibration', 'bins', bins);
  const n = labels.length;
  const classes = n === 0 ? 1 : probabilities.length / n;
  const predicted = predictedClasses(probabilities, classes);
  const gathered = Array.from({ length: bins }, (): Gathered => ({ count: 0, confidence: 0, right: 0 }));
  let [brier, nll] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    const truth = labels[i] ?? -1;
    const confidence = row[predicted[i] ?? 0] ?? 0;
    const bin = gathered[binOf(confidence, bins)];
    if (bin) {
      bin.count += 1;
      bin.confidence += confidence;
      bin.right += predicted[i] === truth ? 1 : 0;
    }
    brier += row.reduce((sum, p, k) => sum + (p - (k === truth ? 1 : 0)) ** 2, 0);
    nll -= Math.log(Math.max(row[truth] ?? 0, leastProbability));
  }
  const mean = (sum: number): number => (n === 0 ? 0 : sum / n);
  const total = (pick: (bin: Gathered) => number): number =>
    mean(gathered.reduce((sum, b) => sum + pick(b), 0));
  return {
    bins: gathered.map((bin, index) => asBin(bin, index / bins, (index + 1) / bins)),
    ece: total(({ right, confidence }) => Math.abs(right - confidence)),
    brier: mean(brier),
    nll: mean(nll),
    confidence: total(({ confidence }) => confidence),
    accuracy: total(({ right }) => right),
  };
};

const asBin = ({ count, confidence, right }: Gathered, from: number, to: number): CalibrationBin => ({
  from,
  to,
  count,
  ...(count > 0 ? { confidence: confidence / count, accuracy: right / count } : {}),
});
