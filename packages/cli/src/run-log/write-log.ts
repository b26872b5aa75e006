// Writes log.jsonl while a run trains. Lines are gathered and appended together; what stands before a checkpoint is on
// the disk before the checkpoint is.
import type { NamedArrays, TrainEvent } from '@mapping-networks/core';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { LOG } from '../run-folder/files.ts';
import { coordinatesOf, isSampled, lengths, pick, sizeOfAll } from './latent.ts';
import { encodeLogLine } from './log-line.ts';

type StepEvent = Extract<TrainEvent, { type: 'step' }>;

export interface LogWriter {
  step(event: StepEvent): Promise<void>;
  /** Everything so far is on the disk. */
  flush(): Promise<void>;
  /** Writes what is left, and closes the file. */
  close(): Promise<void>;
}

export interface LogSetting {
  /** The trainables before the first step. */
  readonly start: NamedArrays;
  readonly steps: number;
  readonly seed: number;
  /** Whether a log goes on. */
  readonly resumed: boolean;
  /** Asked before lines are written; rejects when the folder is no longer ours. */
  readonly confirm?: () => Promise<void>;
}

/** Gathered lines are written at this length (in characters), and at least this often (in milliseconds). */
const GATHERED = 65_536;
const PERIOD = 1000;

const TAIL = 65_536;

/** A line that a kill has torn is cut off, so that the next one begins on a line of its own. */
const cutTornLine = async (file: FileHandle): Promise<void> => {
  let { size } = await file.stat();
  const tail = Buffer.alloc(TAIL);
  while (size > 0) {
    const from = Math.max(0, size - TAIL);
    const { bytesRead } = await file.read(tail, 0, size - from, from);
    const end = tail.subarray(0, bytesRead).lastIndexOf('\n');
    if (end >= 0) return file.truncate(from + end + 1);
    size = from;
  }
  await file.truncate(0);
};

/** Appends to the log of a run folder. */
export const openRunLog = async (folder: string, setting: LogSetting): Promise<LogWriter> => {
  const { start, steps, seed, resumed, confirm } = setting;
  const places = coordinatesOf(sizeOfAll(start), seed);
  const latent = (z: NamedArrays) => ({ latent: pick(z, places), of: sizeOfAll(start) });
  const file = await open(join(folder, LOG), resumed ? 'a+' : 'w');
  let gathered = '';
  let written = performance.now();
  const write = async (): Promise<void> => {
    written = performance.now();
    if (gathered === '') return;
    await confirm?.();
    const text = gathered;
    gathered = '';
    await file.appendFile(text);
  };
  try {
    if (resumed) await cutTornLine(file);
    if ((await file.stat()).size === 0) {
      const nothing = { loss: null, learningRate: null, metrics: {}, terms: {} };
      gathered = encodeLogLine({ step: 0, epoch: 0, ...nothing, ...lengths(start, start), ...latent(start) });
    }
  } catch (cause) {
    await file.close();
    throw cause;
  }
  return {
    async step({ step, epoch, loss, learningRate, metrics, terms, trainables }) {
      const scores = { loss, learningRate, metrics, terms };
      const where = isSampled(step, steps) ? latent(trainables) : {};
      gathered += encodeLogLine({ step, epoch, ...scores, ...lengths(trainables, start), ...where });
      if (gathered.length > GATHERED || performance.now() - written > PERIOD) await write();
    },
    async flush() {
      await write();
      await file.datasync();
    },
    async close() {
      try {
        await write();
      } finally {
        await file.close();
      }
    },
  };
};
