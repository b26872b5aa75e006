// A scan for people: the score of the whole network, then a line a layer.
import { align } from '../align.ts';
import { count, score, scoreValue } from '../format.ts';
import { coloursOf, type Output } from '../output.ts';
import { say } from '../terminal.ts';
import type { SensitivityResult } from './sensitivity-result.ts';

/** `50 %`, `97.5 %`: no digit more than was asked for. */
const share = (sparsity: number): string => `${Number((sparsity * 100).toPrecision(6))} %`;

const cell = (metric: string, value: number | undefined): string =>
  value === undefined ? '' : scoreValue(metric, value);

const table = ({ layers, metric, scope }: SensitivityResult): readonly string[] => {
  const sparsities = layers[0]?.points.map(({ sparsity }) => share(sparsity)) ?? [];
  const rows = layers.map(({ name, size, points }) => [
    name,
    count(size),
    ...points.map(({ scores }) => cell(metric, scores[metric])),
  ]);
  const right = Array.from({ length: sparsities.length + 1 }, (_, i) => i + 1);
  return align([[scope, 'parameters', ...sparsities], ...rows], { right });
};

/** The table, and where the chart is. */
export const saySensitivity = (result: SensitivityResult, output: Output): void => {
  const { baseline, metric, scope, split, examples, out } = result;
  const of = `${count(examples)} ${split === 'train' ? 'training' : split} ${examples === 1 ? 'example' : 'examples'}`;
  say(output, `nothing pruned: ${score(metric, baseline[metric] ?? Number.NaN)} on ${of}`);
  say(output, `${metric} with one ${scope} pruned at a time, by the share of it that is 0:`);
  for (const line of table(result)) say(output, line);
  if (out !== undefined) say(output, `wrote ${coloursOf(output).bold(out)}`);
};
