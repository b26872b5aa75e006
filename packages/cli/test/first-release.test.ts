// Bundles of the first release, layout 1, without a checksum: they load, and give the weights that they gave.
import { loadBundle } from '@mapping-networks/core/node';
import { modelFingerprint, registryOf } from 'mapping-networks';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRecord } from '../src/run-folder/record-file.ts';

const golden = fileURLToPath(new URL('golden/first-release', import.meta.url));

it.each(['mlp-mapping', 'cnnbn-layerwise'])('%s', async (name) => {
  const folder = join(golden, name);
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as {
    readonly version: number;
  };
  expect(config.version).toBe(1);
  const model = await loadBundle(folder, registryOf(undefined));
  const record = await readRecord(folder);
  expect(modelFingerprint(model)).toBe(record?.result.fingerprint);
  expect(model.data?.classes).toHaveLength(10);
});
