import { pipeline } from 'mapping-networks';
const run = pipeline({
  target: { use: 'mlp', hidden: [16] },
  dataset: { use: 'glyphs', train: 1000, validation: 200, test: 200 },
  latentDim: 512,
  epochs: 2,
});
console.log(JSON.stringify(run.record));
const r = await run.train({
  onEvent: (e) => {
    if (e.type !== 'step') console.log(JSON.stringify(e).slice(0, 300));
  },
});
console.log(r.reason, r.train, r.validation, r.test, r.gap, r.seconds, r.engine, r.settings);
console.log(await run.evaluate(r.model));
