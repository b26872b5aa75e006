// What the project has set itself, beside what was measured.
import { GENERATED } from './contestants.ts';
import { found, type Results } from './results.ts';

export interface Goal {
  readonly text: string;
  /** With its unit, for people. */
  readonly limit: string;
  /** Undefined where it was not measured. */
  readonly measured: string | undefined;
  readonly met: boolean | undefined;
}

const WEIGHTS = 2.5e7;

const ratio = (
  { ratios }: Results,
  text: string,
  label: string,
  limit: number,
  side: 'most' | 'least' = 'most',
): Goal => {
  const value = ratios[label];
  return {
    text,
    limit: `${side === 'most' ? '≤' : '≥'} ${limit} ×`,
    measured: value === undefined ? undefined : `${value.toPrecision(3)} ×`,
    met: value === undefined ? undefined : side === 'most' ? value <= limit : value >= limit,
  };
};

/** A share as a percentage; the goal is to stay under it. */
const share = ({ ratios }: Results, text: string, label: string, limit: number): Goal => {
  const value = ratios[label];
  return {
    text,
    limit: `< ${limit} %`,
    measured: value === undefined ? undefined : `${(100 * value).toFixed(1)} %`,
    met: value === undefined ? undefined : 100 * value < limit,
  };
};

const under = (text: string, unit: string, limit: number, value: number | undefined): Goal => ({
  text,
  limit: `< ${limit} ${unit}`,
  measured: value === undefined ? undefined : `${Math.round(value)} ${unit}`,
  met: value === undefined ? undefined : value < limit,
});

/** Peak memory of a generation above that of a process that generates next to nothing. */
export const memoryAboveIdle = (
  { cases }: Results,
  parameters: number,
  engine: string,
  threads: number,
): number | undefined => {
  const peak = (size: number): number | undefined =>
    found(cases, `generation ${size}`, engine, threads)?.peakMb;
  const [all, idle] = [peak(parameters), peak(GENERATED[0] ?? 0)];
  return all === undefined || idle === undefined ? undefined : all - idle;
};

/** The goals of the page, in its order. */
export const goalsOf = (results: Results): readonly Goal[] => [
  ratio(results, 'CNN2: a mapped step against a plain one in PyTorch', 'cnn2: onnx / torch-plain', 1),
  ratio(results, 'CNN1: a mapped step against a plain one in PyTorch', 'cnn1: onnx / torch-plain', 1),
  ratio(results, 'Conv stack: the same', 'conv-stack: onnx / torch-plain', 1.3),
  ratio(results, 'LSTM: the same', 'lstm: onnx / torch-plain', 1.3),
  ratio(
    results,
    'CNN1: the dense mapping in PyTorch (z @ W) against ours',
    'cnn1: torch-dense / onnx',
    10,
    'least',
  ),
  share(results, 'CNN1: the mapping’s share of a step', 'cnn1: mapping alone / step', 10),
  ratio(results, 'CNN2: full mapping loss against task only', 'cnn2: full mapping loss / task only', 2.2),
  ratio(results, 'CNN1: full mapping loss against task only', 'cnn1: full mapping loss / task only', 2.2),
  under(
    '25 million weights from 2,048',
    'ms',
    500,
    found(results.cases, `generation ${WEIGHTS}`, 'onnx', 2)?.minMs,
  ),
  under('25 million weights, above idle', 'MB', 300, memoryAboveIdle(results, WEIGHTS, 'onnx', 2)),
];
