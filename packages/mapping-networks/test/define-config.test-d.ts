// What the compiler says about a config: names, options, plugins of one's own. Checked by `npm run typecheck`.
import {
  accuracy,
  cnn2,
  defineConfig,
  definePlugin,
  direct,
  glyphs,
  mapping,
  mlp,
  pipeline,
  type Plugin,
} from 'mapping-networks';
import { z } from 'zod';

interface WideOptions {
  readonly width: number;
}

const wide: Plugin<'target', 'wide', Partial<WideOptions>, WideOptions> = definePlugin({
  kind: 'target',
  name: 'wide',
  summary: 'A target from somewhere else.',
  options: z.strictObject({ width: z.int().default(4) }),
  slots: {},
  create: ({ width }) => mlp({ hidden: [width] }).impl,
});

const base = { target: 'cnn2', dataset: 'glyphs', latentDim: 64 } as const;

// Right: names, names with options, parts, and names inside slots.
defineConfig(base);
defineConfig({ ...base, target: { use: 'mlp', hidden: [8] }, epochs: 1, learningRate: 0.1 });
defineConfig({ target: cnn2(), dataset: glyphs({ train: 10 }), parameterization: mapping({ latentDim: 3 }) });
defineConfig({
  target: 'mlp',
  dataset: 'mnist',
  parameterization: { use: 'mapping', latentDim: 8, projection: 'oneHot' },
});
defineConfig({
  ...base,
  metrics: ['accuracy', accuracy()],
  loss: { use: 'crossEntropy', labelSmoothing: 0.1 },
});
defineConfig({ target: 'cnn1', dataset: 'glyphs', parameterization: direct() });
pipeline({ target: 'cnn2', dataset: 'fashionMnist', latentDim: 2048 });

// Plugins of one's own: their names and options are allowed without any augmentation.
defineConfig({ ...base, plugins: [wide], target: 'wide' });
defineConfig({ ...base, plugins: [wide], target: { use: 'wide', width: 8 } });
defineConfig({ ...base, plugins: [wide], target: 'cnn1' });
pipeline({ ...base, plugins: [wide], target: 'wide' });

// @ts-expect-error a target is needed
defineConfig({ dataset: 'glyphs', latentDim: 64 });
// @ts-expect-error no target has this name
defineConfig({ ...base, target: 'cnn9' });
// @ts-expect-error the name of a dataset is not the name of a target
defineConfig({ ...base, target: 'glyphs' });
// @ts-expect-error a name is allowed only when its plugin is listed
defineConfig({ ...base, target: 'wide' });
// @ts-expect-error mlp has no such option
defineConfig({ ...base, target: { use: 'mlp', hiddn: [8] } });
// @ts-expect-error an option of another plugin
defineConfig({ ...base, target: { use: 'cnn2', hidden: [8] } });
// @ts-expect-error a value of the wrong type
defineConfig({ ...base, target: { use: 'mlp', hidden: 8 } });
// @ts-expect-error the latent dimension has no default
defineConfig({ target: 'cnn2', dataset: 'glyphs', parameterization: { use: 'mapping' } });
const wrongSlot = { use: 'mapping', latentDim: 8, projection: 'adam' } as const;
// @ts-expect-error a slot takes the name of a projection
defineConfig({ target: 'cnn2', dataset: 'glyphs', parameterization: wrongSlot });
// @ts-expect-error a part of another kind
defineConfig({ ...base, dataset: cnn2() });
// @ts-expect-error an option of the plugin at hand is checked too
defineConfig({ ...base, plugins: [wide], target: { use: 'wide', width: 'eight' } });
// @ts-expect-error a plugin, not what it returns
defineConfig({ ...base, plugins: [wide()] });
// @ts-expect-error not a setting
defineConfig({ ...base, epoch: 3 });
// @ts-expect-error epochs are a number
pipeline({ ...base, epochs: '3' });
