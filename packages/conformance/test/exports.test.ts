// The index is the contract.
import * as conformance from '@mapping-networks/conformance';
import { expect, test } from 'vitest';

test('exactly these names are public', () => {
  expect(Object.keys(conformance).toSorted()).toEqual([
    'assertLaws',
    'brokenLaws',
    'callbackLaws',
    'datasetLaws',
    'engineLaws',
    'exporterLaws',
    'law',
    'lossLaws',
    'metricLaws',
    'optimizerLaws',
    'parameterizationLaws',
    'partLaws',
    'passLaws',
    'projectionLaws',
    'scheduleLaws',
    'targetLaws',
  ]);
});
