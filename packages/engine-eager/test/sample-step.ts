// A small step with a gradient, constants and both types, and what every engine makes of it.
import {
  float32,
  int32,
  type EngineSession,
  type NamedArrays,
  type NamedTensors,
  type StepSignature,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

export const get = (tensors: NamedTensors, name: string): tf.Tensor => {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`no tensor ${name}`);
  return tensor;
};

const w = float32(Float32Array.of(1, -2, 3, 0.5, 4, -1), [2, 3]);

export const signature: StepSignature = {
  name: 'sample',
  frozen: { w },
  inputs: { z: { shape: [3], dtype: 'float32' }, labels: { shape: [2], dtype: 'int32' } },
};

export const inputs: NamedArrays = {
  z: float32(Float32Array.of(0.1, 0.2, -0.3)),
  labels: int32(Int32Array.of(1, 0)),
};

/** Value and gradient of a small function of z, with a constant and inputs passed through. */
export const step = (named: NamedTensors): NamedTensors => {
  const f = (z: tf.Tensor): tf.Scalar => {
    const product = tf.dot(get(named, 'w'), tf.sin(z));
    return tf.sum(tf.mul(product, tf.cast(get(named, 'labels'), 'float32')));
  };
  const { value, grad } = tf.valueAndGrad(f)(get(named, 'z'));
  return {
    value,
    grad,
    z: get(named, 'z'),
    again: get(named, 'z'),
    w: get(named, 'w'),
    labels: get(named, 'labels'),
  };
};

/** What `value` comes to, in float64. */
export const expectedValue: number = Math.sin(0.1) - 2 * Math.sin(0.2) + 3 * Math.sin(-0.3);

/** Against loops in float64. */
export const expectNumbers = async (session: EngineSession): Promise<void> => {
  const compiled = session.compile(step, signature);
  const outputs = await compiled.run(inputs);
  const { value, grad } = outputs;
  expect(value?.shape).toEqual([]);
  expect(value?.data[0]).toBeCloseTo(expectedValue, 5);
  [1, -2, 3].forEach((weight, i) => {
    expect(grad?.data[i]).toBeCloseTo(weight * Math.cos(inputs['z']?.data[i] ?? 0), 5);
  });
  expect(outputs['w']).toEqual(w);
  expect(outputs['labels']).toEqual(inputs['labels']);
  compiled.dispose();
};

/** Arrays that come out are the caller's: he may fill them without a trace in inputs, constants or each other. */
export const expectOwnArrays = async (session: EngineSession): Promise<void> => {
  const compiled = session.compile(step, signature);
  const outputs = await compiled.run(inputs);
  outputs['z']?.data.fill(9);
  outputs['w']?.data.fill(9);
  expect(inputs['z']?.data[0]).toBe(Math.fround(0.1));
  expect(outputs['again']?.data[0]).toBe(Math.fround(0.1));
  expect(w.data[0]).toBe(1);
  expect((await compiled.run(inputs))['w']?.data[0]).toBe(1);
  compiled.dispose();
};
