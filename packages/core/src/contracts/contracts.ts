// Every kind of plugin and the contract that its implementations keep. The interface is open: a package that brings
// a new kind declares it by augmentation and needs no change here.
import type { Callback } from './callback.ts';
import type { Dataset } from './dataset.ts';
import type { Engine } from './engine.ts';
import type { Exporter } from './exporter.ts';
import type { Loss } from './loss.ts';
import type { Metric } from './metric.ts';
import type { Optimizer } from './optimizer.ts';
import type { Parameterization } from './parameterization.ts';
import type { Pass } from './pass.ts';
import type { Projection } from './projection.ts';
import type { Schedule } from './schedule.ts';
import type { Target } from './target.ts';

/**
 * From kind to contract. A new kind is one line in the package that brings it:
 *
 * ```ts
 * declare module '@mapping-networks/core' {
 *   interface Contracts {
 *     sampler: { sample(size: number): Int32Array };
 *   }
 * }
 * ```
 */
export interface Contracts {
  target: Target;
  parameterization: Parameterization;
  projection: Projection;
  loss: Loss;
  dataset: Dataset;
  engine: Engine;
  optimizer: Optimizer;
  schedule: Schedule;
  metric: Metric;
  callback: Callback;
  pass: Pass;
  exporter: Exporter;
}

/** The name of a kind of plugin. */
export type Kind = keyof Contracts & string;
