// One request to one mirror: what is missing of a file, appended to its part. Whatever the mirror answers, the part is
// afterwards the start of the file as far as sizes can tell, or empty.
import { reasonOf } from '../errors.ts';
import type { OfficialFile } from './image-set.ts';
import type { PartFile } from './part-file.ts';
import type { Ask, Reply } from './proxy.ts';
import { guardAgainstStall, type StallGuard } from './stall.ts';

/** How a request ended. */
export type Outcome =
  | { readonly type: 'complete' }
  /** Cut off, or the server has trouble: worth another try. */
  | { readonly type: 'interrupted'; readonly reason: string }
  /** This mirror does not have the file. */
  | { readonly type: 'refused'; readonly reason: string };

export interface Request {
  readonly ask: Ask;
  readonly url: string;
  readonly file: OfficialFile;
  readonly part: PartFile;
  /** The strong ETag under which this mirror gave the bytes that are there. */
  readonly etag: string | undefined;
  readonly stallMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onBytes: (size: number) => void;
  readonly onEtag: (etag: string | undefined) => void;
}

const interrupted = (reason: string): Outcome => ({ type: 'interrupted', reason });
const refused = (reason: string): Outcome => ({ type: 'refused', reason });

/** @throws the reason of the signal, DATASETS_UNSTORABLE */
export const transfer = async (request: Request): Promise<Outcome> => {
  const { ask, url, part, signal } = request;
  const guard = guardAgainstStall(request.stallMs, signal);
  try {
    await part.touch();
    const answer = await ask(url, { headers: headersOf(request), signal: guard.signal }).then(
      (reply) => ({ reply }),
      (cause: unknown) => ({ outcome: broken(cause, guard, signal) }),
    );
    return 'reply' in answer ? await receive(request, answer.reply, guard) : answer.outcome;
  } finally {
    guard.stop();
  }
};

const headersOf = ({ part, etag }: Request): Readonly<Record<string, string>> => ({
  // The published bytes are the gzipped ones; a server must not offer to unpack them.
  'accept-encoding': 'identity',
  ...(part.size() > 0 && { range: `bytes=${part.size()}-` }),
  ...(part.size() > 0 && etag !== undefined && { 'if-range': etag }),
});

const TRANSIENT = new Set([408, 425, 429]);

const receive = async (request: Request, reply: Reply, guard: StallGuard): Promise<Outcome> => {
  const { file, part, onEtag } = request;
  const { status, headers } = reply;
  if (status >= 500 || TRANSIENT.has(status)) return interrupted(`HTTP status ${status}`);
  if (status === 416 && part.size() > 0) return beyondTheEnd(reply, request);
  if (status !== 200 && status !== 206) return refused(`HTTP status ${status}`);
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') return refused(`sends the file in the encoding ${encoding}`);
  const misfit = status === 206 ? misfitRange(headers, part, file) : misfitLength(headers, file);
  if (misfit !== undefined) return refused(misfit);
  // Without the range that was asked for, or of another version: everything, from its first byte.
  if (status === 200) await part.empty();
  const etag = headers.get('etag');
  onEtag(etag === null || etag.startsWith('W/') ? undefined : etag);
  return pour(request, reply, guard);
};

/** There is nothing after the bytes that are there, so they are not the start of the file. */
const beyondTheEnd = async ({ headers }: Reply, { file, part }: Request): Promise<Outcome> => {
  const [, total] = /^bytes \*\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (total !== undefined && Number(total) !== file.bytes) return refused(otherSize(total, file));
  await part.empty();
  return interrupted('HTTP status 416');
};

const misfitLength = (headers: Reply['headers'], file: OfficialFile): string | undefined => {
  const length = headers.get('content-length');
  return length === null || Number(length) === file.bytes ? undefined : otherSize(length, file);
};

const misfitRange = (headers: Reply['headers'], part: PartFile, file: OfficialFile): string | undefined => {
  const range = headers.get('content-range') ?? 'none';
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(range) ?? [];
  if (total !== undefined && total !== '*' && Number(total) !== file.bytes) return otherSize(total, file);
  if (part.size() > 0 && Number(first) === part.size() && Number(last) < file.bytes) return undefined;
  return `sends the range '${range}', where bytes ${part.size()}-${file.bytes - 1} were asked for`;
};

const otherSize = (bytes: string, file: OfficialFile): string =>
  `has ${bytes} bytes, the official file ${file.bytes}`;

const pour = async (request: Request, reply: Reply, guard: StallGuard): Promise<Outcome> => {
  const { file, part, signal, onBytes } = request;
  const chunks = (reply.body ?? empty())[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((cause: unknown) => broken(cause, guard, signal));
    if ('type' in next) return next;
    if (next.done === true) return ended(request, reply);
    guard.wind();
    if (part.size() + next.value.length > file.bytes) {
      await part.empty();
      return refused(`sends more than the ${file.bytes} bytes of the official file`);
    }
    await part.append(next.value);
    onBytes(part.size());
  }
};

const ended = async ({ part, file }: Request, { status, headers }: Reply): Promise<Outcome> => {
  if (part.size() === file.bytes) return { type: 'complete' };
  const reason = `ends after ${part.size()} of ${file.bytes} bytes`;
  // A short answer that never said how long it is may be anything, such as the page of a hotel's network.
  if (status === 200 && headers.get('content-length') === null) await part.empty();
  return interrupted(reason);
};

async function* empty(): AsyncGenerator<Uint8Array, undefined> {}

/** Failures of a connection after which the next one may do better. */
const PASSING: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

const broken = (cause: unknown, guard: StallGuard, signal: AbortSignal | undefined): Outcome => {
  signal?.throwIfAborted();
  if (guard.stalled()) return interrupted(reasonOf(guard.signal.reason));
  return passes(cause) ? interrupted(reasonOf(cause)) : refused(reasonOf(cause));
};

const passes = (cause: unknown): boolean =>
  cause instanceof Error && (('code' in cause && PASSING.has(cause.code)) || passes(cause.cause));
