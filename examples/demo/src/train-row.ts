// Trains one network with progress on the terminal, and keeps what the table and the report need of it.
import { progress } from '@mapping-networks/cli';
import type { StepPoint, Trajectory } from '@mapping-networks/report';
import { encodeBundle, type Pipeline, type TrainEvent, type TrainResult } from 'mapping-networks';
import { latentWay } from './latent-way.ts';

export interface Row {
  readonly name: string;
  readonly trained: TrainResult;
  readonly trainables: number;
  readonly parameters: number;
  /** Of the bundle: the latent and its config. */
  readonly bytes: number;
  readonly accuracy: number;
  readonly gap: number;
  readonly steps: readonly StepPoint[];
  readonly trajectory: Trajectory;
}

export const trainRow = async (name: string, run: Pipeline): Promise<Row> => {
  const show = progress(process.stdout);
  const steps: StepPoint[] = [];
  const way = latentWay(run);
  let trainables = 0;
  let parameters = 0;
  const onEvent = (event: TrainEvent): void => {
    show(event);
    if (event.type === 'start') ({ trainables, targetParameters: parameters } = event);
    if (event.type === 'step') {
      const epoch = (event.step / event.steps) * run.settings.epochs;
      const { step, learningRate, terms } = event;
      const lengths = way.see(step, event.steps, event.trainables);
      const scores = { loss: event.loss, ...event.metrics };
      steps.push({ epoch, step, scores, terms, learningRate, ...lengths });
    }
  };
  const trained = await run.train({ onEvent });
  const files = encodeBundle(trained.model);
  return {
    name,
    trained,
    trainables,
    parameters,
    bytes: files['latent.safetensors'].length + Buffer.byteLength(files['config.json']),
    accuracy: trained.test?.['accuracy'] ?? Number.NaN,
    gap: trained.gap ?? Number.NaN,
    steps,
    trajectory: way.trajectory(),
  };
};
