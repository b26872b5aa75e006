// A network as a graph model: operators of TensorFlow, weights in the fewest bits, and nodes that make them whole.
import {
  modelMap,
  modelParameters,
  sizeOf,
  type ArrayTensor,
  type LayeredNetwork,
  type Model,
} from '@mapping-networks/core';
import { feedForward } from '@mapping-networks/targets';
import type { TfjsQuantization } from './encode-weight.ts';
import { FLOAT, shapeOf, type NodeDef } from './graph/graph-def.ts';
import { graphWriter, type GraphWriter } from './graph/graph-writer.ts';
import { split } from './graph/initializer.ts';
import { layerNodes } from './graph/layer-nodes.ts';
import { storedTensor } from './graph/stored-tensor.ts';
import { layerNames } from './layer-names.ts';
import { modelFiles, type Files } from './model-files.ts';

const [INPUT, OUTPUT] = ['input', 'output'];

export interface GraphOptions {
  readonly quantization: 'auto' | TfjsQuantization;
  readonly decode: 'eachCall' | 'once';
  readonly shardBytes: number;
}

export const graphModel = (model: Model, network: LayeredNetwork, options: GraphOptions): Files => {
  const { quantization, decode, shardBytes } = options;
  const arrays = { ...modelParameters(model), ...model.buffers };
  const formats = modelMap(model).formats?.(model.trainables) ?? {};
  const writer = graphWriter();
  const batch = [-1, ...network.input];
  const x = writer.node('Placeholder', INPUT, [], { dtype: FLOAT, shape: { shape: shapeOf(batch) } });
  const last = through(network, x, writer, (name, source) =>
    storedTensor(writer, {
      name,
      array: arrays[source] as ArrayTensor,
      format: formats[source],
      quantization,
    }),
  );
  const result = writer.node('Identity', OUTPUT, [last], { T: FLOAT });
  const { nodes, weights } = writer.graph();
  const ends = {
    inputs: { [x]: tensorInfo(x, batch) },
    outputs: { [result]: tensorInfo(result, [-1, ...model.target.impl.outputShape]) },
  };
  const graphs =
    decode === 'once' ? decodedOnce(nodes, ends) : { signature: ends, modelTopology: graphOf(nodes) };
  return modelFiles('graph-model', graphs, weights, shardBytes);
};

const graphOf = (node: readonly NodeDef[]): object => ({ node, library: {}, versions: { producer: 1 } });

const tensorInfo = (name: string, shape: readonly number[]): object => ({
  name: `${name}:0`,
  dtype: 'DT_FLOAT',
  tensorShape: shapeOf(shape),
});

interface Ends {
  readonly inputs: object;
  readonly outputs: object;
}

/** What the initializer computes are further inputs, which TensorFlow.js fills in by their `resourceId`. */
const decodedOnce = (all: readonly NodeDef[], { inputs, outputs }: Ends): object => {
  const { nodes, initializer, captured } = split(all);
  if (captured.length === 0) return { signature: { inputs, outputs }, modelTopology: graphOf(nodes) };
  const resources = Object.fromEntries(
    captured.map((name, resourceId) => [name, { name, dtype: 'DT_FLOAT', resourceId }]),
  );
  return {
    signature: { inputs: { ...inputs, ...resources }, outputs },
    modelTopology: graphOf(nodes),
    initializerSignature: { inputs: {}, outputs: resources },
    modelInitializer: graphOf(initializer),
  };
};

/** `store` gives the node of a tensor: its name in the graph, and in the network. */
const through = (
  { input, layers }: LayeredNetwork,
  x: string,
  writer: GraphWriter,
  store: (name: string, source: string) => string,
): string => {
  const names = layerNames(layers);
  let current = x;
  layers.forEach((layer, i) => {
    const [before, name] = [layers[i - 1], names[i] as string];
    if (layer.type === 'relu' && takesRelu(before)) return;
    current = layerNodes(
      writer,
      { ...layer, name },
      {
        x: current,
        size: () =>
          sizeOf(i === 0 ? input : feedForward({ input, layers: layers.slice(0, i) }).impl.outputShape),
        tensor: (tensor) => store(`${name}/${tensor}`, `${layer.name}.${tensor}`),
        relu: takesRelu(layer) && layers[i + 1]?.type === 'relu',
      },
    );
  });
  return current;
};

const takesRelu = (layer: LayeredNetwork['layers'][number] | undefined): boolean =>
  (layer?.type === 'conv2d' || layer?.type === 'dense') && layer.bias !== false;
