// The bundle as two links: the same two files that the page itself was given.
import type { BundleFiles } from '@mapping-networks/core';
import { byId } from '../page/by-id.ts';

/** Offers the files; addresses of an earlier bundle are given back. */
export const offerDownloads = (files: BundleFiles): void => {
  offer('download-latent', new Blob([new Uint8Array(files['latent.safetensors'])]));
  offer('download-config', new Blob([files['config.json']], { type: 'application/json' }));
};

const offer = (id: string, content: Blob): void => {
  const link = byId(id, HTMLAnchorElement);
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(content);
  link.hidden = false;
};
