// How far a download is, in lines for people: not more than one a second, and only when there is something to tell.
import type { LoadContext } from '@mapping-networks/core';
import type { OfficialFile } from './image-set.ts';

const PAUSE_MS = 1_000;
/** Between two lines, in per cent. */
const STEP = 5;

/** What is to be told of the bytes that are there. */
export const downloadProgress = (
  title: string,
  { name, bytes }: OfficialFile,
  onProgress: LoadContext['onProgress'],
  now: () => number = Date.now,
): ((size: number) => void) => {
  let toldAt = now();
  let told: number | undefined;
  return (size) => {
    const percent = Math.floor((100 * size) / bytes);
    told ??= percent;
    if (now() - toldAt < PAUSE_MS || Math.abs(percent - told) < STEP) return;
    toldAt = now();
    told = percent;
    onProgress?.(
      `${title}: ${name} ${percent} %, ${(size / 1e6).toFixed(1)} of ${(bytes / 1e6).toFixed(1)} MB`,
    );
  };
};
