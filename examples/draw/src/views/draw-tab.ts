// The tab that reads: a network, the latest drawing, and everything that shows one of them.
import type { BundleFiles } from '@mapping-networks/runtime';
import { mnistImage, SIDE } from '../digit/mnist-image.ts';
import type { Stroke } from '../digit/stroke.ts';
import { openNetwork, type DrawnNetwork } from '../network/network.ts';
import { startPad } from '../pad/pad.ts';
import { byId } from '../page/by-id.ts';
import { showActivations } from './activations.ts';
import { showFacts } from './facts.ts';
import { showFilters } from './filters.ts';
import { showLoaded } from './loaded.ts';
import { paintPixels } from './pixels.ts';
import { createProbabilities } from './probabilities.ts';
import { bytes, count } from './words.ts';

export interface DrawTab {
  /** Reads with this network from now on. */
  use(files: BundleFiles): Promise<void>;
  /** Shows everything again, in the colours of now. */
  repaint(): void;
}

/** Starts the tab; without a network it only draws. */
export const startDrawTab = (): DrawTab => {
  const probabilities = createProbabilities();
  let network: DrawnNetwork | undefined;
  let strokes: readonly Stroke[] = [];
  let due = false;
  const read = (): void => {
    due = false;
    const image = mnistImage(strokes);
    paintPixels(
      byId('seen', HTMLCanvasElement),
      SIDE,
      SIDE,
      (row, column) => image[row * SIDE + column] ?? 0,
      1,
    );
    if (!network) return;
    const reading = network.read(image);
    probabilities.show(network.classes, strokes.length > 0 ? reading.probabilities : undefined);
    showActivations(reading.layers);
    showFacts(network, strokes.length > 0 ? reading.milliseconds : undefined);
  };
  // Once a frame, however many dots it brought.
  const readSoon = (): void => {
    if (!due) requestAnimationFrame(read);
    due = true;
  };
  const pad = startPad((drawn) => {
    strokes = drawn;
    readSoon();
  }, probabilities.say);
  const showNetwork = (): void => {
    if (network) showFilters(network.firstKernel, SIDE);
    readSoon();
  };
  return {
    use: async (files) => {
      network = await openNetwork(files);
      byId('network-name', HTMLParagraphElement).textContent =
        `${network.name}. ${bytes(network.bytes)} stand for ${count(network.parameters)} weights.`;
      showLoaded(network.parameters);
      showNetwork();
    },
    repaint: () => {
      pad.repaint();
      showNetwork();
    },
  };
};
