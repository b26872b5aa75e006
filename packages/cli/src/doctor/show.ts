// Findings in aligned lines: how it is, what was looked at, what was found, and below it what to do.
import { match } from 'ts-pattern';
import { coloursOf, sizeOf, type Output } from '../output.ts';
import { wrap } from '../wrap.ts';
import type { Finding, State } from './finding.ts';

const WIDEST = 120;
const MARK = 'problem'.length;

/** The findings as lines for an output; folded where it is a window. */
export const lines = (findings: readonly Finding[], output: Output): readonly string[] => {
  const { green, yellow, red } = coloursOf(output);
  const coloured = (state: State): string => {
    const word = state.padEnd(MARK);
    return match(state)
      .with('ok', () => green(word))
      .with('note', () => yellow(word))
      .with('problem', () => red(word))
      .exhaustive();
  };
  const topics = Math.max(...findings.map(({ topic }) => topic.length));
  const indent = ' '.repeat(MARK + topics + 4);
  const columns = output.isTTY === true ? Math.min(WIDEST, sizeOf(output).columns) : Infinity;
  const folded = (text: string): string => wrap(`${indent}${text}`, columns, indent).slice(indent.length);
  return findings.flatMap(({ topic, state, fact, remedy }) => [
    `${coloured(state)}  ${topic.padEnd(topics)}  ${folded(fact)}`,
    ...(remedy === undefined ? [] : [`${indent}${folded(remedy)}`]),
  ]);
};
