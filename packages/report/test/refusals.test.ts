// What pages and analyses refuse: data of another form, numbers that are none, counts without bounds.
import {
  calibration,
  compareRuns,
  confidentMistakes,
  confusionMatrix,
  histogram,
  holm,
  moments,
  mostConfused,
  pairedTTest,
  perClass,
  pictureOf,
  predictedClasses,
  principalComponents,
  renderComparison,
  renderReport,
  residuals,
  shareInterval,
  welch,
} from '@mapping-networks/report';
import { MappingNetworksError } from '@mapping-networks/core';
import { expect, test } from 'vitest';

const any = (value: unknown): never => value as never;
const info = { inputShape: [2], normalization: { scale: 1, mean: 0, std: 1 } };
const numbers = Float32Array.of(0.5, 0.5);

test.each<[string, () => unknown, argument: string]>([
  ['a report of nothing', () => renderReport(any(undefined)), 'data'],
  ['a report without steps', () => renderReport(any({ title: 'A run', facts: [] })), 'data'],
  ['a comparison of a folder', () => renderComparison(any({ title: 'Runs', runs: 'runs/first' })), 'data'],
  ['a comparison of a list', () => compareRuns(any([])), 'data'],
  ['a picture of nothing', () => pictureOf(any(null), any(info)), 'x'],
  ['a picture without a shape', () => pictureOf(numbers, any({})), 'info'],
  ['calibration of a text', () => calibration(any('0.5'), [0]), 'probabilities'],
  ['calibration in no bins', () => calibration(numbers, [0], 0), 'bins'],
  ['mistakes without labels', () => confidentMistakes(numbers, any(undefined)), 'labels'],
  ['a confusion of too many classes', () => confusionMatrix([0], [0], 1e9), 'classes'],
  ['a confusion of texts', () => confusionMatrix(any(['cat']), [0], 2), 'labels'],
  ['the most confused of nothing', () => mostConfused(any(undefined), 3), 'confusion'],
  ['scores of a list', () => perClass(any([])), 'confusion'],
  ['a histogram of a text', () => histogram(any('values'), 0, 1, 10), 'values'],
  ['a histogram in half a bin', () => histogram([1], 0, 1, 0.5), 'bins'],
  ['moments of null', () => moments(any(null)), 'values'],
  ['classes of a list of texts', () => predictedClasses(any(['a']), 2), 'probabilities'],
  ['no classes', () => predictedClasses(numbers, 0), 'classes'],
  ['residuals without predictions', () => residuals([1], any(undefined)), 'predictions'],
  ['a share above 1', () => shareInterval(1.5, 10), 'share'],
  ['a count below 0', () => shareInterval(0.5, -1), 'count'],
  ['a test of texts', () => welch([1, 2], any(['3'])), 'b'],
  ['a paired test of nothing', () => pairedTTest(any(null), [1]), 'a'],
  ['p values that are none', () => holm(any(0.5)), 'ps'],
  ['points that are none', () => principalComponents(any([3])), 'points'],
])('%s', (_name, act, argument) => {
  expect(act).toThrow(MappingNetworksError);
  expect(act).toThrow(expect.objectContaining({ code: 'CORE_INVALID_ARGUMENT' }));
  expect(act).toThrow(`argument '${argument}': expected `);
});

test('inputs that are no pictures', () => {
  expect(() => pictureOf(numbers, info)).toThrow(expect.objectContaining({ code: 'REPORT_NOT_A_PICTURE' }));
});
