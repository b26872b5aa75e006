// The add-ons of the paper's last table, low rank (LRD) and pruning, with each way of training CNN2; and what fewer bits
// cost, which the paper does not look at.
import type { Experiment, Json } from './experiment.ts';
import { experimentsOf, type Row, type Sets } from './rows.ts';

const SEEDS = 3;

const slvt = (latentDim: number): Json => ({ use: 'mapping', latentDim });

const lwt = (latentDim: number): Json => ({ use: 'mapping', latentDim, strategy: 'layerwise' });

/** CNN2's large matrix, 800 × 128, as a product of rank 32: 35,914 parameters instead of 108,618. */
const lowRank = (trained: string, inner: string | Json, sets: Sets): Row => ({
  trained: `${trained}-lrd`,
  parameterization: { use: 'lowRank', rank: { fc1: 32 }, inner },
  seeds: SEEDS,
  ...sets,
});

/** What is done to a network that a row of the paper trains. */
const then = (
  of: string,
  parameterization: string | Json,
  what: string,
  passes: readonly Json[],
  sets: Sets,
): Row => ({ trained: `${of}-${what}`, parameterization, seeds: SEEDS, compressed: { of, passes }, ...sets });

/** 10,862 of 108,618 parameters are kept; what is trained is then trained on for 10 epochs under this mask. */
const PRUNED: Json = { use: 'prune', sparsity: 0.9, fineTune: { epochs: 10 } };

const addOns: readonly Row[] = [
  lowRank('direct', 'direct', { mnist: [98.12, 99.11], fashionMnist: [89.67, 90.43] }),
  then('direct', 'direct', 'prune', [PRUNED], { mnist: [95.87, 97.9], fashionMnist: [87.91, 86.44] }),
  lowRank('slvt-1456', slvt(1456), { mnist: [97.8, 97.02], fashionMnist: [90.67, 85.27] }),
  then('slvt-2048', slvt(2048), 'prune', [PRUNED], { mnist: [95.93, 94.92], fashionMnist: [88.7, 80.65] }),
  lowRank('lwt-2688', lwt(2688), { mnist: [98.81, 98.34], fashionMnist: [93.55, 85.71] }),
  then('lwt-2688', lwt(2688), 'prune', [PRUNED], { mnist: [97.15, 91.62], fashionMnist: [91.79, 79.5] }),
];

const unpublished: Sets = { mnist: 'unpublished', fashionMnist: 'unpublished' };

const fewerBits = (what: string, passes: readonly Json[]): Row =>
  then('slvt-2048', slvt(2048), what, passes, unpublished);

const bits: readonly Row[] = [
  fewerBits('int8', [{ use: 'quantize', type: 'int8' }]),
  fewerBits('int4', [{ use: 'quantize', type: 'int4' }]),
  fewerBits('latent-float16', [{ use: 'quantizeLatent', type: 'float16' }]),
  fewerBits('latent-int8', [{ use: 'quantizeLatent', type: 'int8' }]),
  fewerBits('latent-int4', [{ use: 'quantizeLatent', type: 'int4' }]),
  fewerBits('prune-int8-latent-int8', [
    PRUNED,
    { use: 'quantize', type: 'int8' },
    { use: 'quantizeLatent', type: 'int8' },
  ]),
];

/** Rows that the paper has. */
export const addOnRows: readonly Experiment[] = experimentsOf('cnn2', 20, addOns);

/** The trained latent of 2,048 numbers, in fewer bits. */
export const fewerBitsRows: readonly Experiment[] = experimentsOf('cnn2', 20, bits);
