// Run folders of earlier versions, committed as files: they are still understood, to the bit. Those of the first release
// know no resume; `interrupted` is of the present format and was cut short by write-golden-run.ts.
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from '../src/run-folder/record-file.ts';
import { readRunLog } from '../src/run-log/read-log.ts';
import { emptyFolder, here } from './mapnet.ts';

const golden = fileURLToPath(new URL('golden/', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
});

describe.each(['mlp-mapping', 'cnnbn-layerwise'])('the run %s of the first release', (name) => {
  beforeEach(() => cp(join(golden, 'first-release', name), join(folder, 'run'), { recursive: true }));

  it('is whole: its parameters have the fingerprint that was recorded', async () => {
    const record = await readRecord(join(folder, 'run'));
    expect(record?.result.ended).toBeUndefined();
    const { code, stdout } = await here(folder, 'info', 'run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verified: true, fingerprint: record?.result.fingerprint });
  });

  it('measures what it measured then', async () => {
    const record = await readRecord(join(folder, 'run'));
    const { stdout } = await here(folder, 'eval', 'run', '--json');
    const { scores } = JSON.parse(stdout) as { scores: { loss: number; accuracy: number } };
    expect(scores.accuracy).toBe(record?.result.test['accuracy']);
    expect(scores.loss).toBeCloseTo(record?.result.test.loss ?? 0, 4);
  });

  it('is shown as a page', async () => {
    const { code, stderr } = await here(folder, 'report', 'run', '--quiet');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const page = await readFile(join(folder, 'run', 'report.html'), 'utf8');
    for (const id of ['training', 'predictions', 'weights', 'config']) expect(page).toContain(`id="${id}"`);
  });

  it('sees pictures', async () => {
    await writeFile(join(folder, 'black.png'), PNG.sync.write(new PNG({ width: 28, height: 28 })));
    const { code, stdout } = await here(folder, 'predict', 'run', 'black.png', '--engine', 'cpu', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ picture: 'black.png' }]);
  });

  it('cannot be resumed, and is left as it is', async () => {
    const before = await readdir(join(folder, 'run'));
    const { code, stderr } = await here(folder, 'resume', 'run');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /'run' cannot be resumed: it is a finished run without run\.json, as the first release wrote them\.\n.*CLI_NOT_RESUMABLE/,
      ) as string,
    });
    expect(await readdir(join(folder, 'run'))).toEqual(before);
  });
});

describe('an interrupted run of this format', () => {
  it('goes on to the bits that were recorded when it was made', async () => {
    await cp(join(golden, 'interrupted'), join(folder, 'run'), { recursive: true });
    const expected = JSON.parse(await readFile(join(golden, 'interrupted.expected.json'), 'utf8')) as {
      readonly fingerprint: string;
      readonly test: object;
    };
    const { code, stdout, stderr } = await here(folder, 'resume', 'run', '--json');
    expect(stderr).toContain('resuming run from step 12 (epoch 2, ');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(expected);
    expect((await readRunLog(join(folder, 'run'))).map(({ step }) => step)).toEqual(
      Array.from({ length: 21 }, (_, i) => i),
    );
  });
});
