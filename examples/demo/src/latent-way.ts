// Watches the latent while it is trained: how long it is, how far it has come, and about a hundred places on its way.
import type { Snapshot, StepPoint, Trajectory } from '@mapping-networks/report';
import { modelMap, type NamedArrays, type Pipeline } from 'mapping-networks';

export interface LatentWay {
  /** Call once for each step, in order. */
  see(step: number, steps: number, trainables: NamedArrays): Required<Pick<StepPoint, 'norm' | 'moved'>>;
  trajectory(): Trajectory;
}

const places = 100;

/** All trainables joined in order. */
const joined = (trainables: NamedArrays): Float32Array => {
  const all = Object.values(trainables);
  const z = new Float32Array(all.reduce((size, { data }) => size + data.length, 0));
  let at = 0;
  for (const { data } of all) {
    z.set(data, at);
    at += data.length;
  }
  return z;
};

/** ‖z − from‖. */
const distance = (z: Float32Array, from: Float32Array): number =>
  Math.sqrt(z.reduce((sum, value, i) => sum + (value - (from[i] ?? 0)) ** 2, 0));

export const latentWay = ({ parts, settings }: Pipeline): LatentWay => {
  const start = joined(modelMap(parts).init(settings.seed));
  const origin = new Float32Array(start.length);
  const snapshots: Snapshot[] = [{ step: 0, values: start }];
  return {
    see: (step, steps, trainables) => {
      const z = joined(trainables);
      const place = (at: number): number => Math.floor((at * places) / steps);
      if (place(step) > place(step - 1)) snapshots.push({ step, values: z });
      return { norm: distance(z, origin), moved: distance(z, start) };
    },
    trajectory: () => ({ snapshots, of: start.length }),
  };
};
