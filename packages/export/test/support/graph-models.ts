// Graph models as files, as a page would load them, and as the exporter judges them.
import type { Model } from '@mapping-networks/core';
import { exportNetwork, tfjs, type TfjsOptions } from '@mapping-networks/export';
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { inputsFor } from './networks.ts';

type Files = Readonly<Record<string, Uint8Array>>;

interface GraphJson {
  readonly format: string;
  readonly modelTopology: { readonly node: readonly GraphNode[] };
  readonly modelInitializer?: { readonly node: readonly GraphNode[] };
}

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
}

const textOf = (files: Files): string => new TextDecoder().decode(files['model.json']);

/** model.json. */
export const jsonOf = (files: Files): GraphJson => JSON.parse(textOf(files)) as GraphJson;

/** The files on the backend that is set. */
export const loaded = (files: Files): Promise<GraphModel> => {
  const json = JSON.parse(textOf(files)) as tf.io.ModelJSON;
  const bytes = Object.entries(files).flatMap(([name, shard]) => (name === 'model.json' ? [] : [shard]));
  return loadGraphModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(json, async (manifest) => [
        manifest.flatMap(({ weights }) => weights),
        bytes.map((shard) => shard.slice().buffer),
      ]),
  });
};

/** What the operators of layers multiply with, by our names, as the graph computes it: `conv.kernel`. */
export const kernelsOf = (files: Files, model: GraphModel, x: tf.Tensor): Record<string, Float32Array> => {
  const product = /Conv2D$|MatMul$/;
  const nodes = jsonOf(files).modelTopology.node.filter(({ op }) => product.test(op));
  return Object.fromEntries(
    nodes.map(({ name, input = [] }) => {
      const kernel = model.execute({ input: x }, input[1] ?? '') as tf.Tensor;
      return [`${name.split('/')[0]}.kernel`, kernel.dataSync() as Float32Array];
    }),
  );
};

/** Files of a network. */
export const written = (model: Model, options: Partial<TfjsOptions> = { format: 'graph' }): Promise<Files> =>
  tfjs(options).impl.write(model, {});

/** How far the graph is from the source, relative to its largest output. */
export const differenceOf = async (model: Model): Promise<number> => {
  const exporter = tfjs({ format: 'graph' });
  const [result] = await exportNetwork(model, [exporter], { inputs: inputsFor(model, 7), repeats: 1 });
  expect(result?.error).toBeUndefined();
  expect(result?.figures?.runtime).toMatch(/^tfjs-converter 4\.\d+\.\d+, wasm$/);
  return result?.figures?.relativeDifference ?? 1;
};
