// What passes and exports did that was hardly meant: each gets one line that says what to do.
import type { LossWarning, ModelSize, PassReport, Registry } from '@mapping-networks/core';
import type { ExportResult } from '@mapping-networks/export';
import { bytes, percent } from '../format.ts';
import { largeExport, lostAccuracy } from './errors.ts';
import { canFineTune } from './passes-of.ts';

/** Accuracy that a pass may cost without a word. */
const FEW_POINTS = 0.03;

/** Of passes that cost more and trained nothing on. `short`: whether they came from flags, of which --fine-tune is one. */
export const passWarnings = (
  reports: readonly PassReport[],
  registry: Registry,
  short: boolean,
): readonly LossWarning[] =>
  reports.flatMap(({ pass, before, after }) => {
    const [was, is] = [before.validation['accuracy'], after.validation['accuracy']];
    const fell = was !== undefined && is !== undefined && was - is > FEW_POINTS;
    if (!fell || pass['fineTune'] !== undefined) return [];
    const train = short ? '--fine-tune 2' : '"fineTune":{"epochs":2} in its JSON';
    const remedy = canFineTune(registry, pass.use)
      ? `${train} trains on for two epochs`
      : 'options that change less keep more of it';
    return [lostAccuracy(pass.use, percent(was), percent(is), remedy)];
  });

/** Bytes of a file that are no weights: names, shapes, operators. */
const AROUND = 16_384;

/** Of exports that take more than twice of `left`, what the weights fit into, beside those that do not, or the latent. */
export const exportWarnings = (
  results: readonly Pick<ExportResult, 'name' | 'bytes' | 'passed'>[],
  { weightBytes, bundleBytes }: Pick<ModelSize, 'weightBytes' | 'bundleBytes'>,
): readonly LossWarning[] => {
  const written = results.filter(({ passed }) => passed);
  const isLarge = ({ bytes: size }: { readonly bytes: number }): boolean => size > 2 * weightBytes + AROUND;
  const others = written.filter((result) => !isLarge(result)).toSorted((a, b) => a.bytes - b.bytes);
  const latent = { name: 'latent', bytes: bundleBytes };
  const small = others.length > 0 || isLarge(latent) ? others : [latent];
  const smaller = small.map(({ name, bytes: size }) => `${name} ${bytes(size)}`).join(', ');
  return written
    .filter(isLarge)
    .map(({ name, bytes: size }) => largeExport(name, bytes(size), bytes(weightBytes), smaller));
};
