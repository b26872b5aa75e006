// One attack and its verdict. A rejection counts only if it is one of the library's own errors, short and printable.
import { MappingNetworksError } from '@mapping-networks/core';
import { RuntimeError } from '@mapping-networks/runtime';
import type { Attack, Judgement } from './attack.ts';

/** `crash`: an error of another kind, or one that no reader would want on the screen. */
export type Verdict = 'rejected' | 'equal' | 'other' | 'harmful' | 'crash' | 'slow' | 'large';

export interface Outcome {
  readonly verdict: Verdict;
  /** The code of a rejection, or what went wrong. */
  readonly reason: string;
  readonly ms: number;
  readonly bytes: number;
}

export interface Limits {
  readonly ms: number;
  readonly bytes: number;
}

const MOST_CHARACTERS = 600;

export const examine = async ({ read, judge }: Attack, limits: Limits): Promise<Outcome> => {
  const before = allocated();
  const start = performance.now();
  let value: unknown;
  let thrown: unknown;
  let rejected = false;
  try {
    value = await read();
  } catch (cause) {
    rejected = true;
    thrown = cause;
  }
  const ms = performance.now() - start;
  const bytes = Math.max(0, allocated() - before);
  const said = rejected ? rejectionOf(thrown) : acceptanceOf(() => judge(value));
  if (polluted()) return { verdict: 'harmful', reason: 'Object.prototype was changed', ms, bytes };
  if (ms > limits.ms) return { verdict: 'slow', reason: `${Math.round(ms)} ms: ${said.reason}`, ms, bytes };
  if (bytes > limits.bytes) return { verdict: 'large', reason: `${bytes} bytes: ${said.reason}`, ms, bytes };
  return { ...said, ms, bytes };
};

/** What was allocated and not collected yet: right after a call, nearly all that it allocated. */
const allocated = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const NAMES = Object.getOwnPropertyNames(Object.prototype).length;
const polluted = (): boolean => Object.getOwnPropertyNames(Object.prototype).length !== NAMES;

type Said = Pick<Outcome, 'verdict' | 'reason'>;

const rejectionOf = (thrown: unknown): Said => {
  if (!(thrown instanceof MappingNetworksError || thrown instanceof RuntimeError))
    return { verdict: 'crash', reason: stackOf(thrown) };
  const { code, message } = thrown;
  const codes = thrown instanceof RuntimeError ? /^RUNTIME_[A-Z_]+$/ : /^[A-Z]+(_[A-Z0-9]+)+$/;
  if (!codes.test(code)) return { verdict: 'crash', reason: `the code ${code}` };
  if (message.length > MOST_CHARACTERS)
    return {
      verdict: 'crash',
      reason: `${code} with ${message.length} characters: ${message.slice(0, 300)}`,
    };
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(message))
    return { verdict: 'crash', reason: `${code} with control characters: ${JSON.stringify(message)}` };
  return { verdict: 'rejected', reason: code };
};

const stackOf = (thrown: unknown): string =>
  thrown instanceof Error
    ? (thrown.stack ?? thrown.message).split('\n').slice(0, 6).join(' | ').slice(0, 900)
    : String(thrown).slice(0, 300);

/** A judge that cannot read the file at all says that it is broken. */
const acceptanceOf = (judge: () => Judgement): Said => {
  let judgement: Judgement;
  try {
    judgement = judge();
  } catch (cause) {
    return { verdict: 'harmful', reason: `taken, but another reader says: ${String(cause).slice(0, 200)}` };
  }
  return typeof judgement === 'string'
    ? { verdict: judgement, reason: judgement }
    : { verdict: 'harmful', reason: judgement.wrong };
};
