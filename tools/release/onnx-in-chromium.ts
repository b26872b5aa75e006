// An exported model of a project in onnxruntime-web, in Chromium: the logits that onnxruntime-node gives there.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath, openChromium, runOnnx, serveOnnx } from '../browser/index.ts';

interface Expected {
  readonly data: readonly number[];
  readonly shape: readonly number[];
  readonly logits: readonly number[];
}

/** Compares `exports/onnx/model.onnx` with what `printed` says of it. Gives a sentence about what was seen. */
export const onnxInChromium = async (project: string, printed: string): Promise<string> => {
  if (chromiumPath === undefined) return 'skipped, no Chromium here; CHROMIUM_PATH may name one';
  const expected = JSON.parse(printed) as Expected;
  const model = new Uint8Array(readFileSync(join(project, 'exports', 'onnx', 'model.onnx')));
  const served = await serveOnnx({ 'model.onnx': model });
  const browser = await openChromium();
  try {
    const logits = await runOnnx(await browser.newPage(), served, 'model.onnx', expected);
    const distances = expected.logits.map((value, i) => Math.abs(value - (logits[i] ?? Number.NaN)));
    const worst = Math.max(...distances);
    if (!(worst <= 1e-4 * Math.max(...expected.logits.map(Math.abs))))
      throw new Error(`Expected the logits ${expected.logits.join(', ')}, got ${logits.join(', ')}.`);
    return `${model.length} bytes, the logits of onnxruntime-node to ${worst.toExponential(0)}`;
  } finally {
    await browser.close();
    await served.close();
  }
};
