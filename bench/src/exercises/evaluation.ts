// Scores of a split, as a run evaluates: all parameters once, then batch by batch.
import { mapping, modelMap, type Part } from '@mapping-networks/core';
import { accuracy } from '@mapping-networks/train';
import { compileEvaluator } from '../../../packages/train/src/evaluation/evaluator.ts';
import { compileMaterialize } from '../../../packages/train/src/evaluation/materialize.ts';
import { batchSpecOf } from '../../../packages/train/src/step/batch-spec.ts';
import { mapConstants } from '../../../packages/train/src/step/frozen.ts';
import { scorersOf } from '../../../packages/train/src/step/scores.ts';
import { EVALUATED } from '../contestants.ts';
import { datasetOf, networkOf, type NetworkName } from '../networks.ts';
import { repeated, timed, type Prepared } from './prepared.ts';

export const prepareEvaluation = async (name: NetworkName, engine: Part<'engine'>): Promise<Prepared> => {
  const network = networkOf(name);
  const { target, loss, latentDim } = network;
  const { test } = await datasetOf(network, EVALUATED).impl.load();
  const map = modelMap({ target, parameterization: mapping({ latentDim }) });
  const weights = { trainables: map.init(0), buffers: {} };
  const begin = performance.now();
  const session = await engine.impl.open();
  const evaluator = compileEvaluator(session, compileMaterialize(session, map, mapConstants(map)), {
    target: target.impl,
    scorers: scorersOf(loss.impl, { accuracy: accuracy().impl }),
    batch: batchSpecOf(target.impl, test),
    batchSize: 256,
  });
  const work = (): Promise<unknown> => evaluator.scores(weights, test);
  await timed(work);
  return { firstMs: performance.now() - begin, threads: session.threads, run: repeated(work) };
};
