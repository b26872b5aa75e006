// Memory does not grow with the number of runs. bench/memory.ts looks longer.
import { onnx } from '@mapping-networks/engine-onnx';
import { describe, expect, it } from 'vitest';
import { inputs, signature, step } from './sample-step.ts';

describe.each([true, false])('worker: %s', (worker) => {
  it('stays the same over thousands of runs', async () => {
    const session = await onnx({ worker, threads: 1 }).impl.open();
    const compiled = session.compile(step, signature);
    const runs = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await compiled.run(inputs);
    };
    await runs(1500);
    const before = process.memoryUsage();
    await runs(3000);
    const after = process.memoryUsage();
    session.dispose();
    const megabytes = (after.rss - before.rss) / 2 ** 20;
    // 3,000 runs of 10 arrays: what is left behind of each, if anything is, comes to more.
    expect(megabytes).toBeLessThan(30);
    expect((after.arrayBuffers - before.arrayBuffers) / 2 ** 20).toBeLessThan(5);
  });
});
