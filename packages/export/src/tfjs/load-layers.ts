// Files of a layers model, loaded by tfjs-layers from memory.
import type { Exporter } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, version_layers } from '@tensorflow/tfjs-layers';
import { concatenated } from '../bytes.ts';
import { fileOf } from '../file-of.ts';
import { fromTensor, onWasm, toTensor } from '../measure/tensors.ts';

/** As `tf.loadLayersModel('…/model.json')` does, without a network. */
export const loadLayers: Exporter['load'] = async (files) => {
  const file = (name: string): Uint8Array => fileOf(files, name);
  const model = await onWasm(() =>
    loadLayersModel({
      load: async () => {
        const json = JSON.parse(new TextDecoder().decode(file('model.json'))) as tf.io.ModelJSON;
        return tf.io.getModelArtifactsForJSON(json, async (manifest) => {
          const specs = manifest.flatMap(({ weights }) => weights);
          const shards = manifest.flatMap(({ paths }) => paths.map(file));
          return [specs, concatenated(shards).buffer];
        });
      },
    }),
  );
  return {
    runtime: `tfjs-layers ${version_layers}, wasm`,
    run: (x) =>
      onWasm(() => fromTensor(tf.tidy(() => model.predict(toTensor(x), { batchSize: 1024 }) as tf.Tensor))),
    dispose: () => model.dispose(),
  };
};
