// `npm run schema` in this package: writes the published JSON Schemas of results anew from their definitions.
import {
  exportRecordSchema,
  resultSchema,
  seedsResultSchema,
  sensitivityResultSchema,
} from '@mapping-networks/cli';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';

for (const [name, schema] of [
  ['result', resultSchema],
  ['seeds', seedsResultSchema],
  ['export', exportRecordSchema],
  ['sensitivity', sensitivityResultSchema],
] as const) {
  const path = new URL(`../schema/${name}.schema.json`, import.meta.url);
  writeFileSync(path, `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`);
}
