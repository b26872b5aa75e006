// The way of a step to a model for batches of any size: it is recorded for two sizes, laid out with channels first, has
// what it can done to its weights, and is compared with itself.
import type { InputSpec, NamedArrays, Step } from '@mapping-networks/core';
import { batchDependent, nameTwice } from '../errors.ts';
import { createBuilder } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { layOutChannelsFirst } from '../layout/channels-first.ts';
import { lower } from '../lower/lower.ts';
import type { OnnxModel, PortableModel } from '../onnx/model.ts';
import { simplify } from '../simplify/simplify.ts';
import { trace } from '../trace/trace.ts';
import { absorbIntoWeights } from './absorb.ts';
import { foldWeights, type FoldedGraph } from './fold-weights.ts';
import { withInitializers } from './initializers.ts';
import { withSymbolicBatch } from './symbolic-batch.ts';

/** What a network is exported with. */
export interface InferenceSignature {
  /** What a run is given: shapes of one example, without the batch. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Weights, and whatever else stays the same, by the names that the step knows them by. */
  readonly weights: NamedArrays;
  /**
   * Names of weights whose numbers have to stay as they are, in whatever order: those that lie on a grid. A batch
   * normalization behind them stays a multiplication. By default none.
   */
  readonly exact?: ReadonlySet<string>;
  /** What tools show as the name of the network. */
  readonly name?: string;
}

/** Sizes of batches, of which two are taken that no side of the network has or is a multiple of. */
const SIZES = [97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173];

const sizesFor = ({ inputs, weights }: InferenceSignature): readonly [number, number] => {
  const sides = [...Object.values(inputs), ...Object.values(weights)].flatMap(({ shape }) => shape);
  const free = SIZES.filter((size) => sides.every((side) => side % size !== 0));
  const [first = 179, second = 181] = free;
  return [first, second];
};

/** The graph of the step for batches of this size, weights as inputs. */
const inferenceGraph = (
  step: Step,
  { inputs, weights, exact = new Set() }: InferenceSignature,
  batch: number,
): Graph => {
  const specs = Object.entries(inputs).map(([name, { shape, dtype }]): [string, InputSpec] => [
    name,
    { shape: [batch, ...shape], dtype },
  ]);
  const given = Object.entries(weights).map(([name, { shape, dtype }]): [string, InputSpec] => [
    name,
    { shape, dtype },
  ]);
  const twice = Object.keys(inputs).find((name) => Object.hasOwn(weights, name));
  if (twice !== undefined) throw nameTwice(twice);
  const signature = { frozen: {}, inputs: Object.fromEntries([...specs, ...given]) };
  const recorded = simplify(trace(step, signature), createBuilder());
  const laidOut = simplify(layOutChannelsFirst(recorded, createBuilder()), createBuilder());
  const recordedWith = { weights: new Set(Object.keys(weights)), exact, batch };
  return absorbIntoWeights(laidOut, recordedWith, createBuilder());
};

/** What is computed of weights alone: now, or by whoever loads the model. */
type WeightsComputed = 'now' | 'whenLoaded';

/** The step as a model with its weights as constants, under the names that it knows them by. */
export const portableModel = (
  step: Step,
  signature: InferenceSignature,
  computed: WeightsComputed,
): PortableModel => {
  const [first, second] = sizesFor(signature).map((batch) => {
    const graph = inferenceGraph(step, signature, batch);
    const { weights } = signature;
    const folded: FoldedGraph =
      computed === 'now'
        ? foldWeights(graph, { weights, batch }, createBuilder())
        : { graph, weights, origins: new Map() };
    return { batch, model: lower(folded.graph, { conventional: true }), folded };
  }) as [Recorded, Recorded];
  const { weights, origins } = first.folded;
  const { inputs } = first.model;
  const grown = inputs.find(({ name, shape }) => Object.hasOwn(weights, name) && shape.includes(first.batch));
  if (grown !== undefined) throw batchDependent(second.batch, { value: grown.name });
  const model = withInitializers(withSymbolicBatch(first, second), weights, origins);
  return { ...model, name: signature.name ?? 'network' };
};

interface Recorded {
  readonly batch: number;
  readonly model: OnnxModel;
  readonly folded: FoldedGraph;
}
