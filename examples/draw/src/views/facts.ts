// What is known of the network, and how long things took here.
import { byId } from '../page/by-id.ts';
import { make } from '../page/make.ts';
import type { DrawnNetwork } from '../network/network.ts';
import { count, milliseconds, percent } from './words.ts';

/** Fills the list. `reading` is how long the latest drawing took. */
export const showFacts = (network: DrawnNetwork, reading: number | undefined): void => {
  const whole = network.parameters * Float32Array.BYTES_PER_ELEMENT;
  const facts: [string, string][] = [
    ['weights', count(network.parameters)],
    ['float32 over the two files', `${(whole / network.bytes).toFixed(0)} ×`],
    ['time to make and check', milliseconds(network.generation)],
    ['time to read', reading === undefined ? '–' : milliseconds(reading)],
    ...(network.accuracy === undefined
      ? []
      : [['test accuracy', percent(network.accuracy)] satisfies [string, string]]),
    ['hash of all weights', `${network.hash.slice(0, 10)}…`],
  ];
  const list = byId('facts', HTMLDListElement);
  list.dataset['hash'] = network.hash;
  list.replaceChildren(...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
};
