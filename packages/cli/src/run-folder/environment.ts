// What made a run what it is, besides its config.
import { clipped } from '@mapping-networks/core';
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

const labels: Readonly<Record<keyof Environment, string>> = {
  version: 'mapnet',
  node: 'Node.js',
  platform: 'platform',
  cpu: 'processors',
  engine: 'engine',
};

/** `Node.js was v20.19.0, is v24.1.0` for everything that is known to have changed. */
export const changesSince = (before: Environment, now: Environment): readonly string[] =>
  (Object.keys(labels) as readonly (keyof Environment)[]).flatMap((name) => {
    const [was, is] = [before[name], now[name]];
    return was === undefined || was === is
      ? []
      : [`${labels[name]} was ${clipped(was)}, is ${clipped(is ?? 'unknown')}`];
  });
