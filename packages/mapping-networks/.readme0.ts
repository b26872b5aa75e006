import { pipeline, registry } from 'mapping-networks';
import { loadBundle, saveBundle } from 'mapping-networks/node';

const run = pipeline({ target: 'cnn2', dataset: { use: 'glyphs', train: 500, validation: 100, test: 100 }, latentDim: 2048 });
const { model, test } = await run.train({
  onEvent: (event) => {
    if (event.type === 'epoch') console.log(event.record.epoch, event.record.validation);
  },
});
console.log(test?.['accuracy']);

await saveBundle('my-network', model);
const again = await loadBundle('my-network', registry());
console.log(await run.evaluate(again));
