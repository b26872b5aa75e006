// Files of a model, loaded by TensorFlow.js from memory: a layers model by tfjs-layers, a graph model by tfjs-converter.
import type { Exporter } from '@mapping-networks/core';
import { loadGraphModel, version_converter } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, version_layers } from '@tensorflow/tfjs-layers';
import { concatenated } from '../bytes.ts';
import { fileOf } from '../file-of.ts';
import { fromTensor, onWasm, toTensor } from '../measure/tensors.ts';

/** As `tf.loadLayersModel('…/model.json')` or `tf.loadGraphModel` does, without a network. */
export const loadModel: Exporter['load'] = async (files) => {
  const file = (name: string): Uint8Array => fileOf(files, name);
  const json = JSON.parse(new TextDecoder().decode(file('model.json'))) as tf.io.ModelJSON;
  const fromFiles: tf.io.IOHandler = {
    load: () =>
      tf.io.getModelArtifactsForJSON(json, async (manifest) => {
        const specs = manifest.flatMap(({ weights }) => weights);
        const shards = manifest.flatMap(({ paths }) => paths.map(file));
        return [specs, concatenated(shards).buffer];
      }),
  };
  const { predict, dispose, runtime } =
    json.format === 'graph-model' ? await loadGraph(fromFiles) : await loadLayers(fromFiles);
  return {
    runtime: `${runtime}, wasm`,
    run: (x) =>
      onWasm(() => {
        // No tidy: it would dispose of what a graph model computes at its first call for all others.
        const input = toTensor(x);
        const output = predict(input);
        input.dispose();
        return fromTensor(output);
      }),
    dispose,
  };
};

interface LoadedModel {
  readonly runtime: string;
  readonly predict: (x: tf.Tensor) => tf.Tensor;
  readonly dispose: () => void;
}

const loadLayers = async (from: tf.io.IOHandler): Promise<LoadedModel> => {
  const model = await onWasm(() => loadLayersModel(from));
  return {
    runtime: `tfjs-layers ${version_layers}`,
    predict: (x) => model.predict(x, { batchSize: 1024 }) as tf.Tensor,
    dispose: () => model.dispose(),
  };
};

const loadGraph = async (from: tf.io.IOHandler): Promise<LoadedModel> => {
  const model = await onWasm(() => loadGraphModel(from));
  return {
    runtime: `tfjs-converter ${version_converter}`,
    predict: (x) => model.predict(x) as tf.Tensor,
    dispose: () => model.dispose(),
  };
};
