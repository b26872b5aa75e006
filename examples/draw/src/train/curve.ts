// The numbers behind the chart: what each step gave, smoothed, in at most some hundred points however long the run.

/** One place on the way. */
export interface Point {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface Curve {
  readonly steps: number;
  readonly points: readonly Point[];
  readonly validation: readonly { readonly step: number; readonly accuracy: number }[];
}

export const EMPTY: Curve = { steps: 1, points: [], validation: [] };

const MOST = 400;
/** Weight of the steps before in what is shown. */
const MEMORY = 0.9;

/** The curve after one more step. */
export const withStep = (
  curve: Curve,
  step: number,
  steps: number,
  loss: number,
  accuracy: number,
): Curve => {
  const last = curve.points.at(-1);
  const memory = last ? MEMORY : 0;
  const point: Point = {
    step,
    loss: memory * (last?.loss ?? 0) + (1 - memory) * loss,
    accuracy: memory * (last?.accuracy ?? 0) + (1 - memory) * accuracy,
  };
  // Too close to the one before: it takes its place.
  const crowded = last !== undefined && step - (curve.points.at(-2)?.step ?? 0) < steps / MOST;
  const points = crowded ? curve.points.slice(0, -1) : curve.points;
  return { ...curve, steps, points: [...points, point] };
};

/** The curve with the accuracy on digits that are not trained on. */
export const withValidation = (curve: Curve, step: number, accuracy: number): Curve => ({
  ...curve,
  validation: [...curve.validation, { step, accuracy }],
});
