import * as datasets from '@mapping-networks/datasets';
import { expect, test } from 'vitest';

test('the package exports this and nothing else', () => {
  expect(Object.keys(datasets).sort()).toEqual([
    'arraySplit',
    'defineDataset',
    'fashionMnist',
    'glyphs',
    'holdOut',
    'mnist',
    'parseIdx',
  ]);
});
