// What the page and the worker say to each other. Plain data, both ways.
import type { BundleFiles, EndReason } from '@mapping-networks/core';

/** What is to be trained. */
export interface Plan {
  readonly target: 'mlp' | 'cnn2';
  readonly latentDim: number;
  readonly epochs: number;
}

/** To the worker. A checkpoint goes on where an earlier run was stopped. */
export type Order =
  | { readonly type: 'train'; readonly plan: Plan; readonly checkpoint?: Uint8Array }
  | { readonly type: 'stop' };

/** From the worker. */
export type News =
  | {
      readonly type: 'start';
      readonly engine: string;
      readonly trainables: number;
      readonly parameters: number;
    }
  | {
      readonly type: 'step';
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly accuracy: number;
    }
  | { readonly type: 'validation'; readonly step: number; readonly accuracy: number }
  | {
      readonly type: 'end';
      readonly reason: EndReason;
      readonly files: BundleFiles;
      /** Of the last state; there for runs that were stopped. */
      readonly checkpoint?: Uint8Array;
      /** Accuracy on the test split; absent for runs that were stopped. */
      readonly test?: number;
    }
  | { readonly type: 'failed'; readonly message: string };
