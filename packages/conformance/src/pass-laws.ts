// The law suite of passes.
import {
  applyPasses,
  createRegistry,
  decodeBundle,
  encodeBundle,
  float32,
  MappingNetworksError,
  modelTheta,
  reasonOf,
  type AnyPlugin,
  type Model,
  type Part,
  type Pass,
  type PassContext,
  type PassResult,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { expectSameBits } from './checks/arrays.ts';
import { withMembers } from './checks/members.ts';
import { tensorLeak, wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';
import { expectSameModel, snapshot } from './model/same-model.ts';
import { modelOutputs, sampleInputs, sampleModel, samplePlugins } from './model/sample-model.ts';

/** On what network `passLaws` runs the pass, and with what context. */
export interface PassLawOptions {
  /**
   * A network that the pass can work on. Default: a convolution and two dense layers, 1,148 parameters, trained one by one.
   */
  readonly model?: Model;
  /** What the pass asks. Default: outputs for eight inputs, and a training that moves every trainable by a percent. */
  readonly context?: PassContext;
  /** Plugins that a bundle of the result names, beside those of the default network. */
  readonly plugins?: readonly AnyPlugin[];
  /** Seed of the default network and of the inputs. Default 0. */
  readonly seed?: number;
}

const STAGES: readonly string[] = ['factorize', 'prune', 'quantizeWeights', 'quantizeLatent'];

/**
 * What every pass must keep: a declared stage; the same network for the same arguments; the network it gets left as it
 * is; a finite network with the same inputs and outputs that a bundle can hold; plain details; no leaks; without
 * `fineTune` a result, or an error that says what is missing.
 *
 * @example
 * ```ts
 * import { passLaws } from '@mapping-networks/conformance';
 * import type { Part } from '@mapping-networks/core';
 * const nothing: Part<'pass'> = {
 *   kind: 'pass',
 *   name: 'nothing',
 *   options: {},
 *   impl: { stage: 'prune', apply: async (model) => ({ model }) },
 * };
 * console.log(passLaws(nothing).map(({ name }) => name));
 * ```
 */
export const passLaws = (
  part: Part<'pass'>,
  {
    seed = 0,
    model = sampleModel(seed),
    context = sampleContext(model, seed),
    plugins = [],
  }: PassLawOptions = {},
): readonly Law[] => {
  const applied = (): Promise<PassResult> => part.impl.apply(model, context);
  return withMembers<Pass>(
    'the pass',
    () => part.impl,
    { stage: 'string', apply: 'function' },
    () => [
      law('the stage is one of the contract', () => {
        if (!STAGES.includes(part.impl.stage))
          throw wrongValue('stage', STAGES, part.impl.stage, 'Say what the pass works on.');
      }),
      law('the network that it gets stays as it is', async () => {
        const before = snapshot(model);
        await applied();
        expectSameModel('the network given', model, before, 'Return a new model; copy what you change.');
      }),
      law('the same network and context give the same network', async () => {
        const [one, other] = [await applied(), await applied()];
        expectSameModel(
          'the result',
          other.model,
          one.model,
          'Let the result depend on the arguments alone.',
        );
      }),
      law('the result is a finite network of the same inputs and outputs', () =>
        toldAs('the result', async () => void (await applyPasses(model, [part], context))),
      ),
      law('the result goes through a bundle', () =>
        toldAs('the bundle of the result', async () => {
          const { model: made } = await applied();
          const registry = createRegistry([...samplePlugins, ...plugins]);
          const again = decodeBundle(encodeBundle(made), registry);
          expectSameBits('weights of the bundle', modelTheta(again), modelTheta(made));
        }),
      ),
      law('details are numbers that are finite, and texts', async () => {
        for (const [name, value] of Object.entries((await applied()).details ?? {})) {
          if (typeof value === 'string' || Number.isFinite(value)) continue;
          throw wrongValue(
            `detail '${name}'`,
            'a finite number or a text',
            value,
            'Details go into reports.',
          );
        }
      }),
      law('without fineTune it gives a network, or says what is missing', async () => {
        const { fineTune: _none, ...poor } = context;
        await part.impl.apply(model, poor).catch((error: unknown) => {
          if (error instanceof MappingNetworksError) return;
          throw wrongValue(
            'the error',
            'one with a code and a remedy',
            reasonOf(error),
            'Ask for fineTune first.',
          );
        });
      }),
      law('no tensor is kept', async () => {
        const before = tf.memory().numTensors;
        await applied();
        const kept = tf.memory().numTensors - before;
        if (kept !== 0) throw tensorLeak('apply', kept);
      }),
    ],
  );
};

/** What core refuses, as a law that is broken. */
const toldAs = async (what: string, check: () => Promise<void>): Promise<void> => {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof MappingNetworksError) || !error.code.startsWith('CORE_')) throw error;
    throw wrongValue(what, 'a network that can be used', error.message, error.remedy);
  }
};

const EXAMPLES = 8;

const sampleContext = (model: Model, seed: number): PassContext => {
  const x = sampleInputs(model, EXAMPLES, seed);
  return {
    evaluate: async (network) => {
      const { data } = modelOutputs(network, x);
      return { loss: Array.from(data).reduce((sum, value) => sum + value * value, 0) / data.length };
    },
    outputs: async (network) => modelOutputs(network, x),
    fineTune: async (network) => ({
      ...network,
      trainables: Object.fromEntries(
        Object.entries(network.trainables).map(([name, { shape, data }]) => [
          name,
          float32(
            Float32Array.from(data, (value) => value * 0.99),
            shape,
          ),
        ]),
      ),
    }),
  };
};
