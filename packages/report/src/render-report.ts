// One run as a page, from what it came to down to what made it. Sections without data are left out.
import { requireData } from './arguments.ts';
import { page } from './page/page.ts';
import type { ReportData } from './report-data.ts';
import { classification } from './sections/classification.ts';
import { config, environment } from './sections/config.ts';
import { gallery } from './sections/gallery.ts';
import { latent } from './sections/latent.ts';
import { regression } from './sections/regression.ts';
import { beside, summary } from './sections/summary.ts';
import { training } from './sections/training.ts';
import { weights } from './sections/weights.ts';

const predictionsOf = ({ predictions }: ReportData): string[] => {
  if (!predictions) return [];
  return predictions.task === 'classification' ? classification(predictions) : [regression(predictions)];
};

/**
 * A run as one self-contained HTML page: nothing from the network, light and dark, readable on a phone, printable. Its
 * only script serves the copy button of the config; the page works without. Figures that are not finite are left out.
 *
 * @example
 * ```ts
 * import { renderReport } from '@mapping-networks/report';
 * const page = renderReport({
 *   title: 'A first run',
 *   subtitle: 'Two epochs.',
 *   facts: [{ label: 'Test accuracy', value: '91.2 %' }],
 *   steps: [{ epoch: 1, scores: { loss: 0.9 } }, { epoch: 2, scores: { loss: 0.4 } }],
 *   epochs: [],
 *   config: { seed: 0 },
 * });
 * console.log(page.startsWith('<!doctype html>')); // true
 * ```
 */
export const renderReport = (data: ReportData): string => {
  requireData('renderReport', data, ['facts', 'steps', 'epochs']);
  return page({
    title: data.title,
    subtitle: data.subtitle,
    notices: data.notices ?? [],
    sections: [
      summary(data.facts),
      beside(data.table),
      training(data),
      ...predictionsOf(data),
      ...(data.galleries ?? []).map(gallery),
      weights(data.layers),
      latent(data),
      config(data.config),
      environment(data.environment),
    ],
  });
};
