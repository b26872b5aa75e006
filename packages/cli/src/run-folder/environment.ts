// What made a run what it is, besides its config.
import { z } from 'zod';
import { version } from '../version.ts';

/** The programs and the machine behind a run. */
export interface Environment {
  /** Of this command. */
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  /** Engine, backend, device. */
  readonly engine: string;
}

const words = z.string().max(1000);

export const environmentSchema: z.ZodType<Environment> = z.strictObject({
  version: words,
  node: words,
  platform: words,
  engine: words,
});

/** This process, with an engine of this description. */
export const environmentOf = (engine: string): Environment => ({
  version,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  engine,
});
