// The checksum of a bundle: over both files, so that no changed bit of either passes for the original. It guards against
// accidents, not against someone who writes a new one: it is no signature.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256, in hexadecimal, of the config as canonical JSON (its `checksum` left out) and latent.safetensors after it. */
export const bundleChecksum = (config: object, latent: Uint8Array): string => {
  const text = canonicalJson({ ...config, checksum: undefined });
  return bytesToHex(sha256.create().update(new TextEncoder().encode(text)).update(latent).digest());
};
