// Fashion-MNIST: articles of clothing in the format of MNIST (Xiao, Rasul & Vollgraf 2017, arXiv 1708.07747).
import { definePlugin, type Plugin } from '@mapping-networks/core';
import type { ImageSet } from './idx/image-set.ts';
import { imageSetDataset, imageSetSchema, type ImageSetOptions } from './idx/image-set-dataset.ts';

const set: ImageSet = {
  info: Object.freeze({
    name: 'fashionMnist',
    title: 'Fashion-MNIST',
    inputShape: [28, 28, 1],
    task: 'classification',
    classes: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    normalization: { scale: 255, mean: 0.5, std: 0.5 },
    source: {
      title: 'Xiao, Rasul & Vollgraf: Fashion-MNIST',
      url: 'https://github.com/zalandoresearch/fashion-mnist',
      licence: 'MIT',
    },
  }),
  folder: 'fashion-mnist',
  mirrors: [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  ],
  files: {
    trainImages: {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 26_421_880,
      sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    },
    trainLabels: {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 29_515,
      sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    },
    testImages: {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 4_422_102,
      sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    },
    testLabels: {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 5_148,
      sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    },
  },
};

/**
 * Fashion-MNIST, 60,000 + 10,000 articles of clothing, 28 × 28 × 1, inputs in [−1, 1]. Read from `folder`, from the
 * folder `fashion-mnist` below MAPPING_NETWORKS_DATA, or from the cache, into which it is downloaded once (30.9 MB,
 * SHA-256 checked).
 *
 * Loading throws what its files deserve, codes `DATASETS_…`; the call itself CORE_INVALID_OPTIONS.
 *
 * @example
 * ```ts
 * import { fashionMnist } from '@mapping-networks/datasets';
 * console.log(fashionMnist().impl.info.classes[9]); // 'Ankle boot'
 * ```
 */
export const fashionMnist: Plugin<
  'dataset',
  'fashionMnist',
  Partial<ImageSetOptions>,
  ImageSetOptions
> = definePlugin({
  kind: 'dataset',
  name: 'fashionMnist',
  summary: 'Fashion-MNIST articles of clothing, 28 x 28, ten classes; 60,000 + 10,000 examples.',
  options: imageSetSchema,
  slots: {},
  create: (options) => imageSetDataset(set, options),
});
