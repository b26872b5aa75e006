// Reads log.jsonl. A run that was resumed or went back to an earlier state simply went on appending, so that a line of
// step s supersedes all earlier lines of steps ≥ s; a last line without its end was torn by a kill and is dropped.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unreadableLog } from '../errors.ts';
import { LOG } from '../run-folder/files.ts';
import { decodeLogLine, type LogLine } from './log-line.ts';

/** Bytes of a log: two million steps. */
const MOST_LOG_BYTES: number = 2 ** 29;

/** Bytes of one line: 8,192 numbers of a latent in base64, and room for two hundred scores. */
const MOST_LINE_BYTES: number = 2 ** 16;

const NEWLINE = 0x0a;

/** Lines that have an end, as they come. @throws RangeError */
async function* wholeLines(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { end: MOST_LOG_BYTES }) as AsyncIterable<Buffer>) {
    let data: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE)) {
      if (end > MOST_LINE_BYTES) throw new RangeError(`it is longer than ${MOST_LINE_BYTES} bytes`);
      yield decoder.decode(data.subarray(0, end));
      data = data.subarray(end + 1);
    }
    if (data.length > MOST_LINE_BYTES) throw new RangeError(`it is longer than ${MOST_LINE_BYTES} bytes`);
    rest = data;
  }
}

/** A pipe or a device would block for ever, or never end. */
const checkFile = (path: string): void => {
  const stats = statSync(path);
  if (!stats.isFile()) throw new RangeError('it is not a file');
  if (stats.size > MOST_LOG_BYTES) throw new RangeError(`the file is larger than ${MOST_LOG_BYTES} bytes`);
};

/**
 * The log of a run folder, one line a step in increasing order, the initialisation (step 0) first; empty where there is
 * no log.
 *
 * @throws CLI_UNREADABLE_LOG naming the line
 */
export const readRunLog = async (folder: string): Promise<readonly LogLine[]> => {
  const path = join(folder, LOG);
  const lines: LogLine[] = [];
  let read = 0;
  try {
    if (!existsSync(path)) return lines;
    checkFile(path);
    for await (const text of wholeLines(path)) {
      const line = decodeLogLine(text);
      while ((lines.at(-1)?.step ?? -1) >= line.step) lines.pop();
      lines.push(line);
      read += 1;
    }
  } catch (cause) {
    throw unreadableLog(path, read + 1, cause);
  }
  return lines;
};
