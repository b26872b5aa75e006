// `npm start`: trains both networks on glyphs and prints a table.
import { trainBoth } from './train-both.ts';

const rows = await trainBoth({ examples: 6000, epochs: 4, latentDim: 1024 });
console.table(
  rows.map(({ target, trainables, targetParameters, accuracy }) => ({
    target,
    trainables,
    'target parameters': targetParameters,
    'test accuracy': `${(100 * accuracy).toFixed(1)} %`,
  })),
);
