// `npm run schema` in this package: writes the published JSON Schema of a result anew from its definition.
import { resultSchema } from '@mapping-networks/cli';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';

const path = new URL('../schema/result.schema.json', import.meta.url);
writeFileSync(path, `${JSON.stringify(z.toJSONSchema(resultSchema), null, 2)}\n`);
