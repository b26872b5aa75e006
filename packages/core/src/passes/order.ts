// The order of passes that loses nothing, and what is lost by another one.
import type { LossWarning } from '../contracts/loss.ts';
import type { PassStage } from '../contracts/pass.ts';
import { modelMap, type Model } from '../model.ts';
import type { Part } from '../plugin/part.ts';
import { passOutOfOrder } from './errors.ts';

const ORDER: readonly PassStage[] = ['factorize', 'prune', 'quantizeWeights', 'quantizeLatent'];

/** What a pass of an earlier stage spoils when it comes after one of this stage. */
const LOST: Readonly<Record<PassStage, string>> = {
  factorize: 'nothing',
  prune: 'products of factors are dense again, so that the zeros are lost',
  quantizeWeights: 'the scales were chosen for weights that are changed afterwards',
  quantizeLatent: 'what changes or trains the latent moves it off its grid',
};

/** One warning for each pass that comes after one of a later stage, be it an earlier call's: it runs, but at a loss. */
export const orderWarnings = (model: Model, passes: readonly Part<'pass'>[]): readonly LossWarning[] =>
  passes.flatMap((pass, i) => {
    const before = passes.slice(0, i).find(({ impl }) => isLater(impl.stage, pass));
    if (before) return [warning(pass, before.impl.stage, `'${before.name}'`, `before '${before.name}'`)];
    const done = stagesOf(model).find((stage) => isLater(stage, pass));
    return done ? [warning(pass, done, DONE[done], 'before that')] : [];
  });

const isLater = (stage: PassStage, { impl }: Part<'pass'>): boolean =>
  ORDER.indexOf(stage) > ORDER.indexOf(impl.stage);

type Visible = 'quantizeWeights' | 'quantizeLatent';

const DONE: Readonly<Record<Visible, string>> = {
  quantizeWeights: 'the weights were quantized',
  quantizeLatent: 'the latent was quantized',
};

/** What a network tells that was done to it. */
const stagesOf = (model: Model): readonly Visible[] => [
  ...(modelMap(model).formats === undefined ? [] : (['quantizeWeights'] as const)),
  ...(model.encoding === undefined ? [] : (['quantizeLatent'] as const)),
];

const warning = (pass: Part<'pass'>, stage: PassStage, what: string, where: string): LossWarning =>
  passOutOfOrder(pass.name, what, LOST[stage], where);
