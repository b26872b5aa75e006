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
const joined = (trainables: NamedArrays): Float32Array =>
  Float32Array.from(Object.values(trainables).flatMap(({ data }) => [...data]));

export const latentWay = ({ parts, settings }: Pipeline): LatentWay => {
  const start = joined(modelMap(parts).init(settings.seed));
  const snapshots: Snapshot[] = [{ step: 0, values: start }];
  return {
    see: (step, steps, trainables) => {
      const z = joined(trainables);
      const place = (at: number): number => Math.floor((at * places) / steps);
      if (place(step) > place(step - 1)) snapshots.push({ step, values: z });
      return { norm: Math.hypot(...z), moved: Math.hypot(...z.map((value, i) => value - (start[i] ?? 0))) };
    },
    trajectory: () => ({ snapshots, of: start.length }),
  };
};
