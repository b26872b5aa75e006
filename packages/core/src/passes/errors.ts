// What passes are warned of, one function each.
import type { LossWarning } from '../contracts/loss.ts';
import { quoted } from '../shown.ts';

/** A warning: the pass runs, at a loss. */
export const passOutOfOrder = (pass: string, what: string, lost: string, where: string): LossWarning => ({
  code: 'CORE_PASS_ORDER',
  message: `pass ${quoted(pass)} comes after ${what}: ${lost}. Put ${quoted(pass)} ${where}; the order that loses nothing is factorize, prune, quantize weights, quantize the latent`,
});

/** A warning: a pass that should save bytes costs some. */
export const passGrew = (pass: string, before: number, after: number): LossWarning => ({
  code: 'CORE_PASS_GREW',
  message: `after pass ${quoted(pass)} the weights take ${after.toLocaleString('en')} bytes instead of ${before.toLocaleString('en')}: those of low rank, for example, are stored as their product where a mask or a grid lies over it. Ask more of the pass, or leave it out`,
});
