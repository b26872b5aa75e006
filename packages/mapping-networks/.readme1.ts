import { defineConfig, defineTarget, mlp } from 'mapping-networks';
import { z } from 'zod';

const wide = defineTarget({
  name: 'wide',
  summary: 'One wide layer.',
  options: z.strictObject({ width: z.int().default(256) }),
  build: ({ width }) => mlp({ hidden: [width] }).impl,
});

export default defineConfig({
  plugins: [wide],
  target: { use: 'wide', width: 512 },
  dataset: { use: 'glyphs', train: 500, validation: 100, test: 100 },
  latentDim: 1024,
});
