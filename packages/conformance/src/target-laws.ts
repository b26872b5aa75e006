// The law suite of targets.
import type { Part, Target } from '@mapping-networks/core';
import { withMembers, type Members } from './checks/members.ts';
import type { Law } from './law.ts';
import { applyLaws } from './target/apply-laws.ts';
import { declarationLaws } from './target/declaration-laws.ts';
import { gradientLaws } from './target/gradient-laws.ts';

/** What `targetLaws` may expect, and the seed of its weights and inputs. */
export interface TargetLawOptions {
  /** The number of parameters that the literature gives, where there is one. */
  readonly parameterCount?: number;
  /** Seed of weights and inputs. Default 0. */
  readonly seed?: number;
}

const MEMBERS: Members<Target> = {
  inputShape: 'array',
  outputShape: 'array',
  parameters: 'object',
  buffers: 'array',
  masks: 'array',
  apply: 'function',
};

/**
 * What every target must keep: parameters, buffers and masks as declared; output shapes; purity; buffers that change
 * in training only; examples that do not see each other out of training; gradients against finite differences; every
 * parameter used; no leaks.
 *
 * @example
 * ```ts
 * import { targetLaws } from '@mapping-networks/conformance';
 * import { mlp } from '@mapping-networks/targets';
 * console.log(targetLaws(mlp()).map(({ name }) => name));
 * ```
 */
export const targetLaws = (
  { impl }: Part<'target'>,
  { parameterCount, seed = 0 }: TargetLawOptions = {},
): readonly Law[] =>
  withMembers(
    'the target',
    () => impl,
    MEMBERS,
    () => [...declarationLaws(impl, parameterCount), ...applyLaws(impl, seed), ...gradientLaws(impl, seed)],
  );
