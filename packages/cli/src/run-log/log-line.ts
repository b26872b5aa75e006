// One line of log.jsonl: what one step came to, and at some steps where the latent is.
import { z } from 'zod';
import { parseAs } from '../run-folder/read-json.ts';

/** Numbers of the latent that one line holds at most. */
export const MOST_COORDINATES = 8192;

/** What a run logs about a step. A number that was not finite is null. */
export interface LogLine {
  /** 0 for the initialisation, which has a latent and no loss. */
  readonly step: number;
  /** 1 for the first; 0 at the initialisation. */
  readonly epoch: number;
  readonly loss: number | null;
  readonly learningRate: number | null;
  /** Of the batch. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** The unweighted parts of the loss. */
  readonly terms: Readonly<Record<string, number | null>>;
  /** ‖z‖ over all trainables. */
  readonly norm: number | null;
  /** ‖z − z₀‖. */
  readonly moved: number | null;
  /** At some steps: the trainables joined in order, or an evenly spread subset of them, the same in every line. */
  readonly latent?: Float32Array;
  /** How many numbers the trainables have in all, where there is a `latent`. */
  readonly of?: number;
}

const value = z.number().nullable();
const named = z.record(z.string().max(200), value);

const schema = z
  .strictObject({
    step: z.int().min(0),
    epoch: z.int().min(0),
    loss: value,
    learningRate: value,
    metrics: named,
    terms: named,
    norm: value,
    moved: value,
    latent: z
      .base64()
      .max(4 * Math.ceil((4 * MOST_COORDINATES) / 3))
      .exactOptional(),
    coordinates: z.int().min(1).max(MOST_COORDINATES).exactOptional(),
    of: z.int().min(1).exactOptional(),
  })
  .refine(
    ({ latent, coordinates, of }) =>
      (latent === undefined) === (coordinates === undefined) && (latent === undefined) === (of === undefined),
    {
      message: 'expected latent, coordinates and of together or not at all',
    },
  )
  .refine(({ coordinates = 0, of = 0 }) => coordinates <= of, 'expected no more coordinates than there are');

const rounded = (x: number | null): number | null =>
  x === null || !Number.isFinite(x) ? null : Number(x.toPrecision(6));

const roundedAll = (values: Readonly<Record<string, number | null>>): Record<string, number | null> =>
  Object.fromEntries(Object.entries(values).map(([name, x]) => [name, rounded(x)]));

/** Little-endian float32, whatever the machine. */
const encodeLatent = (latent: Float32Array): string => {
  const bytes = Buffer.alloc(4 * latent.length);
  latent.forEach((x, i) => bytes.writeFloatLE(x, 4 * i));
  return bytes.toString('base64');
};

const decodeLatent = (text: string, coordinates: number): Float32Array => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 4 * coordinates)
    throw new RangeError(`'latent' holds ${bytes.length} bytes, expected ${4 * coordinates}`);
  const latent = Float32Array.from({ length: coordinates }, (_, i) => bytes.readFloatLE(4 * i));
  if (!latent.every(Number.isFinite)) throw new RangeError(`'latent' holds numbers that are not finite`);
  return latent;
};

/** The line with its end. */
export const encodeLogLine = ({ metrics, terms, latent, of, ...line }: LogLine): string => {
  const { step, epoch, loss, learningRate, norm, moved } = line;
  const text = JSON.stringify({
    step,
    epoch,
    loss: rounded(loss),
    learningRate: rounded(learningRate),
    metrics: roundedAll(metrics),
    terms: roundedAll(terms),
    norm: rounded(norm),
    moved: rounded(moved),
    ...(latent?.every(Number.isFinite) && { latent: encodeLatent(latent), coordinates: latent.length, of }),
  });
  return `${text}\n`;
};

/** @throws SyntaxError, RangeError with the first problem in words */
export const decodeLogLine = (text: string): LogLine => {
  const { latent, coordinates = 0, of = 0, ...line } = parseAs(schema, text);
  return latent === undefined ? line : { ...line, latent: decodeLatent(latent, coordinates), of };
};
