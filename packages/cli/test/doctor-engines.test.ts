// The self test of engines: those that compute something else, or nothing at all, are found out.
import {
  createRegistry,
  definePlugin,
  type AnyPlugin,
  type Engine,
  type Plugin,
} from '@mapping-networks/core';
import { mul } from '@tensorflow/tfjs-core';
import { cpu, onnx, wasm } from 'mapping-networks';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { engineFindings } from '../src/doctor/engines.ts';

describe('engines', () => {
  /** The engine cpu with something about it changed. */
  const engine = (name: string, open: Engine['open']): AnyPlugin => {
    const plugin: Plugin<'engine', string, object, object> = definePlugin({
      kind: 'engine',
      name,
      summary: 'For tests.',
      options: z.strictObject({}),
      slots: {},
      create: () => ({ open }),
    });
    return plugin;
  };
  const wrong = engine('wrong', async () => {
    const session = await cpu().impl.open();
    return {
      ...session,
      description: 'almost',
      compile: (step, signature) =>
        session.compile((inputs) => {
          const outputs = step(inputs);
          return Object.fromEntries(
            Object.entries(outputs).map(([name, tensor]) => [name, mul(tensor, 1.001)]),
          );
        }, signature),
    };
  });
  const closed = engine('closed', () => Promise.reject(new Error('no driver')));

  it('that compute other numbers are found out', async () => {
    const [finding] = await engineFindings(createRegistry([wrong]), 'wrong');
    expect(finding).toMatchObject({
      topic: 'engine wrong',
      state: 'problem',
      fact: expect.stringMatching(/^almost; a test step is off by \d\.\de[+-]\d+$/) as string,
    });
  });

  it('that do not open are a problem where they are used, and a note elsewhere', async () => {
    const some = createRegistry([closed, cpu]);
    expect(await engineFindings(some, 'closed')).toMatchObject([
      { state: 'problem', fact: 'no driver' },
      { state: 'ok', fact: expect.not.stringContaining('used unless') as string },
    ]);
    expect(await engineFindings(some, 'cpu')).toMatchObject([{ state: 'note' }, { state: 'ok' }]);
  });

  it('are all built in, and the default among them is named', async () => {
    const findings = await engineFindings(createRegistry([onnx, wasm, cpu]));
    expect(findings.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
    expect(findings.filter(({ fact }) => fact.includes('used unless')).map(({ topic }) => topic)).toEqual([
      'engine onnx',
    ]);
  });
});
