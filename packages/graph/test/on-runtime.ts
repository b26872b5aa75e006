// What onnxruntime makes of a model when it loads it.
import { encodeModel, type PortableModel } from '@mapping-networks/graph';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';

/** Whether there are such operators in the model as onnxruntime optimizes it. */
export const optimized = async (model: PortableModel): Promise<(operator: string) => boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'graph-'));
  try {
    const optimizedModelFilePath = join(folder, 'optimized.onnx');
    const session = await ort.InferenceSession.create(encodeModel(model), {
      optimizedModelFilePath,
      logSeverityLevel: 3,
      intraOpNumThreads: 1,
    });
    await session.release();
    const text = readFileSync(optimizedModelFilePath, 'latin1');
    // In a NodeProto, the operator is field 4: its tag, its length, its name.
    return (operator) => text.includes(`\u0022${String.fromCodePoint(operator.length)}${operator}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
