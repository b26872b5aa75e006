// Run by the demo as a process of its own: reads the run folder and nothing else, and prints what it finds as JSON.
import { resultSchema } from '@mapping-networks/cli';
import { modelFingerprint, pipelineFrom, registry } from 'mapping-networks';
import { loadBundle } from 'mapping-networks/node';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const [folder = ''] = process.argv.slice(2);
const record = JSON.parse(await readFile(join(folder, 'record.json'), 'utf8')) as { result: unknown };
const { config } = resultSchema.parse(record.result);
const model = await loadBundle(folder, registry());
const { accuracy } = await pipelineFrom(config).evaluate(model, 'test');
console.log(JSON.stringify({ accuracy, fingerprint: modelFingerprint(model) }));
