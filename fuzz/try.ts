import { campaign } from '/work/main/fuzz/src/oracle/campaign.ts';
import { FORMATS } from '/work/main/fuzz/src/formats/all.ts';
const [only, cases] = [process.argv[2], Number(process.argv[3] ?? 500)];
for (const f of FORMATS) if (!only || f.name === only) { const t = performance.now(); console.log(JSON.stringify(await campaign(f, { cases, seed: 0, mostMs: 5000 }), null, 1), Math.round(performance.now()-t)); }
