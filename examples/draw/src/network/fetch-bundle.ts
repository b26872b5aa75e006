// The two files of the page's own network.
import type { BundleFiles } from '@mapping-networks/runtime';

const get = async (file: string): Promise<Response> => {
  const response = await fetch(new URL(file, document.baseURI));
  if (!response.ok) throw new Error(`Expected ${file} beside the page, got status ${response.status}.`);
  return response;
};

/** Fetches both at once. */
export const fetchBundle = async (): Promise<BundleFiles> => {
  const [latent, config] = await Promise.all([get('latent.safetensors'), get('config.json')]);
  return {
    'latent.safetensors': new Uint8Array(await latent.arrayBuffer()),
    'config.json': await config.text(),
  };
};
