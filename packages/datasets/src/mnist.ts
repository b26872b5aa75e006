// MNIST: handwritten digits of census workers and pupils (LeCun, Cortes & Burges 1998). The hashes are those that
// torchvision, Keras and TensorFlow Datasets rely on too.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import type { ImageSet } from './idx/image-set.ts';
import { imageSetDataset, imageSetSchema, type ImageSetOptions } from './idx/image-set-dataset.ts';

const set: ImageSet = {
  info: Object.freeze({
    name: 'mnist',
    title: 'MNIST',
    inputShape: [28, 28, 1],
    task: 'classification',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    normalization: { scale: 255, mean: 0.5, std: 0.5 },
    source: {
      title: 'LeCun, Cortes & Burges: The MNIST database of handwritten digits',
      url: 'https://yann.lecun.com/exdb/mnist/',
      licence: 'CC-BY-SA-3.0',
    },
  }),
  folder: 'mnist',
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
  ],
  files: {
    trainImages: {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 9_912_422,
      sha256: '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
    },
    trainLabels: {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 28_881,
      sha256: '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
    },
    testImages: {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 1_648_877,
      sha256: '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
    },
    testLabels: {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 4_542,
      sha256: 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
    },
  },
};

/**
 * MNIST, 60,000 + 10,000 handwritten digits, 28 × 28 × 1, inputs in [−1, 1]. Read from `folder`, from the folder
 * `mnist` below MAPPING_NETWORKS_DATA, or from the cache, into which it is downloaded once (11.6 MB, SHA-256 checked).
 *
 * Loading throws what its files deserve, codes `DATASETS_…`; the call itself CORE_INVALID_OPTIONS.
 *
 * @example
 * ```ts
 * import { mnist } from '@mapping-networks/datasets';
 * const digits = mnist({ validation: 10_000, augment: { shift: 2 } }).impl;
 * console.log(digits.info.classes.length); // 10
 * export const splits = () => digits.load();
 * ```
 */
export const mnist: Plugin<'dataset', 'mnist', Partial<ImageSetOptions>, ImageSetOptions> = definePlugin({
  kind: 'dataset',
  name: 'mnist',
  summary: 'MNIST handwritten digits, 28 x 28, ten classes; 60,000 + 10,000 examples.',
  options: imageSetSchema,
  slots: {},
  create: (options) => imageSetDataset(set, options),
});
