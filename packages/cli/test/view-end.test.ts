// However a process with a live view ends, the window is left in order: no view, and the cursor visible.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { printed } from './a-run.ts';
import { virtualTerminal } from './virtual-terminal.ts';

const program = fileURLToPath(new URL('./child-view.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** What the window shows after the process has ended, stdout and stderr together as on a terminal. */
const afterwards = (way: string) =>
  new Promise<{ code: number | null; signal: string | null; lines: string[]; cursor: boolean }>((resolve) => {
    const terminal = virtualTerminal(80, 24);
    const node = ['--conditions=@mapping-networks/source', '--import', tsx, program, way];
    const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'pipe'] });
    let seen = '';
    const show = (chunk: Buffer): void => {
      seen += chunk.toString();
      terminal.output.write(chunk.toString());
      if (seen.includes('scoring') && way.startsWith('SIG') && !child.killed)
        child.kill(way as NodeJS.Signals);
    };
    child.stdout.on('data', show);
    child.stderr.on('data', show);
    child.on('close', async (code, signal) =>
      resolve({ code, signal, lines: await terminal.lines(), cursor: await terminal.cursorVisible() }),
    );
  });

describe('a window is left in order', () => {
  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('by a process that %s ends', async (name) => {
    const { signal, lines, cursor } = await afterwards(name);
    expect({ signal, lines, cursor }).toEqual({
      signal: name,
      lines: [...printed.slice(0, 2), 'ready'],
      cursor: true,
    });
  });

  it('by an error that nobody catches', async () => {
    const { code, lines, cursor } = await afterwards('uncaught');
    expect(code).toBe(1);
    expect(lines.slice(0, 2)).toEqual(printed.slice(0, 2));
    const text = lines.join('\n');
    expect(text).toContain('Error: out of the blue');
    expect(text).not.toContain('epoch 1/2');
    expect(cursor).toBe(true);
  });

  it('by process.exit', async () => {
    expect(await afterwards('exit')).toEqual({
      code: 3,
      signal: null,
      lines: printed.slice(0, 2),
      cursor: true,
    });
  });
});

it('warnings of Node and words of libraries stay, and nothing of the view between them', async () => {
  const { code, lines } = await afterwards('warning');
  expect(code).toBe(0);
  expect(lines.slice(0, 2)).toEqual(printed.slice(0, 2));
  const rest = lines.slice(2).join('\n');
  expect(rest).toMatch(
    /^\(node:\d+\) DeprecationWarning: something is old\n\(Use `node --trace-dep[^\n]*\n?[^\n]*\na library says something$/,
  );
});
