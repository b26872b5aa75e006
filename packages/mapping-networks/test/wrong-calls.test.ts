// Wrong calls and configs with their exact messages, as a table that people read: golden/wrong-calls.md. After a message
// was changed on purpose, `npx vitest run -u packages/mapping-networks/test/wrong-calls.test.ts` writes it anew.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MappingNetworksError } from 'mapping-networks';
import { functions } from './wrong-calls/arguments.ts';
import type { Chapter } from './wrong-calls/chapter.ts';
import { configs } from './wrong-calls/configs.ts';
import { networks } from './wrong-calls/networks.ts';
import { options } from './wrong-calls/options.ts';
import { openScope } from './wrong-calls/scope.ts';

const chapters: readonly Chapter[] = [...options, ...configs, ...functions, ...networks];
const calls = chapters.flatMap((chapter) => chapter.calls);

let folder = '';
let scope: Readonly<Record<string, unknown>> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wrong-calls-'));
  await writeFile(join(folder, 'file'), '');
  scope = await openScope(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a call throws or rejects with; undefined when it does neither. */
const thrownBy = async (call: string): Promise<unknown> => {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- the line that is shown is the line that runs
    const run = new Function(...Object.keys(scope), `return ${call};`) as (...values: unknown[]) => unknown;
    await run(...Object.values(scope));
  } catch (error) {
    return error;
  }
  return undefined;
};

const messageOf = (error: unknown): string =>
  String(Reflect.get(Object(error), 'message')).replaceAll(folder, 'FOLDER');

test('there are enough of them, each once', () => {
  expect(calls.length).toBeGreaterThanOrEqual(90);
  expect(new Set(calls).size).toBe(calls.length);
});

describe.each(chapters)('$title', ({ calls: lines }) => {
  test.each(lines)('%s', async (call) => {
    const error = await thrownBy(call);
    expect(error).toBeInstanceOf(MappingNetworksError);
    const { code, remedy } = error as MappingNetworksError;
    const message = messageOf(error);
    expect(code).toMatch(
      /^(CORE|CONFIG|DATASETS|ENGINE_EAGER|ENGINE_ONNX|GRAPH|LOSSES|TARGETS|TRAIN)_[A-Z_]+$/,
    );
    // A problem and a remedy, whole sentences both.
    expect(message.endsWith(` ${remedy.replaceAll(folder, 'FOLDER')}`)).toBe(true);
    expect(message).toMatch(/^\S[^]*\. \S[^]*[.?]$/);
    expect(message).not.toMatch(/undefined|\[object|\bat \S+:\d+|\bToo (small|big)|Invalid input|\/tmp|\n/);
    expect(message.length).toBeLessThan(700);
  });
});

test('the table is up to date', async () => {
  const sections: string[] = [];
  for (const { title, calls: lines } of chapters) {
    const entries: string[] = [];
    for (const call of lines) {
      const error = await thrownBy(call);
      entries.push(`${call}\n    ${String(Reflect.get(Object(error), 'code'))}\n    ${messageOf(error)}\n`);
    }
    sections.push(`## ${title}\n\n\`\`\`text\n${entries.join('\n')}\`\`\`\n`);
  }
  const head = `# Wrong calls and what they say\n\n${calls.length} calls. Written and compared by wrong-calls.test.ts.\n\n`;
  await expect(head + sections.join('\n')).toMatchFileSnapshot('golden/wrong-calls.md');
});
