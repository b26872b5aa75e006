// What made a run what it is, besides its config.
import { cpus } from 'node:os';
import { z } from 'zod';
import { version } from '../version.ts';

/** The programs and the machine behind a run. */
export interface Environment {
  /** Of this command. */
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  /** Model and number of the logical processors; unknown for runs of the first release. */
  readonly cpu?: string;
  /** Engine, backend, device. */
  readonly engine: string;
}

const words = z.string().max(1000);

export const environmentSchema: z.ZodType<Environment> = z.strictObject({
  version: words,
  node: words,
  platform: words,
  cpu: words.exactOptional(),
  engine: words,
});

/** `Intel(R) Xeon(R) CPU × 2`; some systems do not tell the model. */
const processors = (): string => {
  const all = cpus();
  return `${all[0]?.model.trim() || 'unknown model'} × ${all.length}`;
};

/** This process, with an engine of this description. */
export const environmentOf = (engine: string): Environment => ({
  version,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: processors(),
  engine,
});
