// What the page has loaded so far, from the browser's own record of its requests.
import { byId } from '../page/by-id.ts';
import { make } from '../page/make.ts';
import { bytes } from './words.ts';

const PARTS: readonly (readonly [name: string, path: RegExp])[] = [
  ['trained numbers (latent.safetensors)', /\.safetensors$/],
  ['what they make (config.json)', /config\.json$/],
  ['runtime (script)', /runtime[^/]*\.js$/],
  [import.meta.env.DEV ? 'scripts, whole: not built' : 'rest of the page (script)', /\.js$|\.ts$/],
  ['style', /\.css$/],
  ['page', /\/$|\.html$/],
];

/** Bytes of each part as they came over the network, compressed where the host compresses. */
const sizes = (): { name: string; size: number }[] => {
  const entries = performance
    .getEntries()
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .map(({ name, encodedBodySize }) => ({ path: new URL(name).pathname, size: encodedBodySize }));
  return PARTS.map(([name], part) => ({
    name,
    size: entries
      .filter(({ path }) => PARTS.findIndex(([, pattern]) => pattern.test(path)) === part)
      .reduce((sum, { size }) => sum + size, 0),
  }));
};

/** Fills the table; the whole network stands below it as what would have been loaded otherwise. */
export const showLoaded = (parameters: number): void => {
  const parts = sizes().filter(({ size }) => size > 0);
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const whole = parameters * Float32Array.BYTES_PER_ELEMENT;
  const row = (name: string, value: string, className = ''): HTMLTableRowElement =>
    make('tr', { className }, make('th', { scope: 'row' }, name), make('td', {}, value));
  byId('loaded', HTMLTableSectionElement).replaceChildren(
    ...parts.map(({ name, size }) => row(name, bytes(size))),
    row('all that was loaded', bytes(total), 'sum'),
    row('the weights alone, as float32', bytes(whole), 'sum'),
  );
};
