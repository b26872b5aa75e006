// Wrong command lines with their exact messages, as a table that people read: golden/wrong-commands.md. After a message
// was changed on purpose, `npx vitest run packages/cli/test/wrong-commands.test.ts -u` writes it anew.
import { beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { emptyFolder, here } from './mapnet.ts';
import { openPlaces } from './wrong-commands/places.ts';
import { chapters } from './wrong-commands/table.ts';

let folder = '';
beforeAll(async () => {
  folder = await emptyFolder();
  await openPlaces(folder);
});

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const answers = new Map<string, Promise<Answer>>();

/** What `mapnet …` says, with `FOLDER` for where it runs. */
const run = async (line: string): Promise<Answer> => {
  const [, place = '.', command = ''] = /^(?:cd (\S+) && )?mapnet ?(.*)$/.exec(line) ?? [];
  const { code, stdout, stderr } = await here(join(folder, place), ...command.split(' '));
  return { code, stdout, stderr: stderr.replaceAll(folder, 'FOLDER') };
};

const answerOf = (line: string): Promise<Answer> => {
  const known = answers.get(line) ?? run(line);
  answers.set(line, known);
  return known;
};

const commands = chapters.flatMap((chapter) => chapter.commands);

test('there are enough of them, each once', () => {
  expect(commands.length).toBeGreaterThanOrEqual(60);
  expect(new Set(commands).size).toBe(commands.length);
});

describe.each(chapters)('$title', ({ commands: lines }) => {
  test.each(lines)('%s', async (line) => {
    const { code, stdout, stderr } = await answerOf(line);
    expect(stdout).toBe('');
    // What was asked for does not exist: 2. It was understood, and what it names is missing or damaged: 1.
    expect([1, 2]).toContain(code);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/undefined|\[object| at \S+:\d+|Too (small|big)|Invalid input|\/tmp/);
    const [problem = '', remedy = '', ...rest] = stderr.trimEnd().split('\n');
    expect(rest.length).toBeLessThan(3);
    // A sentence, and what to do: words, or a line to type.
    expect(problem).toMatch(/[.?]$/);
    expect(remedy).toMatch(/([.?)!]|--help|mapnet init|\}|scaled\.png|latest)( \([A-Z_]+\))?$/);
  });
});

test('the table is up to date', async () => {
  const sections: string[] = [];
  for (const { title, commands: lines } of chapters) {
    const entries: string[] = [];
    for (const line of lines) {
      const { code, stderr } = await answerOf(line);
      entries.push(`$ ${line}\n${stderr.trimEnd()}\n[exit code ${code}]\n`);
    }
    sections.push(`## ${title}\n\n\`\`\`text\n${entries.join('\n')}\`\`\`\n`);
  }
  const head = `# Wrong commands and what they say\n\n${commands.length} commands. Written and compared by wrong-commands.test.ts.\n\n`;
  await expect(head + sections.join('\n')).toMatchFileSnapshot('golden/wrong-commands.md');
});
