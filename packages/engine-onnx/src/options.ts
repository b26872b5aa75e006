// The options of the engine: an interface for people, a schema that checks them and holds their defaults.
import { z } from 'zod';

export const PROVIDERS = ['cpu', 'cuda', 'dml', 'coreml', 'webgpu'] as const;

/** What computes: the processor, CUDA, DirectML, Core ML or WebGPU. */
export type Provider = (typeof PROVIDERS)[number];

/** How steps are run. */
export interface OnnxOptions {
  /** Threads that compute one step, 1 … 1024. Default `auto`: one for each core that this process may use. */
  readonly threads: number | 'auto';
  /** What computes, in the order in which it is tried: each operation goes to the first that has it. Default `['cpu']`. */
  readonly providers: readonly Provider[];
  /**
   * Whether ONNX Runtime works on a thread beside JavaScript's, so that the next batch is prepared while a step runs and
   * the event loop turns. Costs about 0.2 ms a step (`bench/worker.ts`). Default true.
   */
  readonly worker: boolean;
  /**
   * A folder for every compiled step, as a model (`NAME.onnx`) and as text (`NAME.txt`); sessions of one process may share
   * it. Default: none is written.
   */
  readonly dumpGraph?: string | undefined;
}

const schema = z.strictObject({
  threads: z
    .union([z.literal('auto'), z.int().min(1).max(1024)])
    .default('auto')
    .describe('Threads that compute one step; auto: one for each core.'),
  providers: z
    .array(z.enum(PROVIDERS))
    .min(1)
    .max(PROVIDERS.length)
    .default(['cpu'])
    .describe('What computes, in the order in which it is tried: cpu, cuda, dml, coreml, webgpu.'),
  worker: z
    .boolean()
    .default(true)
    .describe('Whether a thread beside JavaScript computes, so that the next batch is prepared meanwhile.'),
  dumpGraph: z
    .string()
    .min(1)
    .optional()
    .describe('Folder to write every compiled step to, as an ONNX model and as text.'),
});

export const optionsSchema: z.ZodType<OnnxOptions> = schema;
