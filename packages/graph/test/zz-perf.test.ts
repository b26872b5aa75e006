import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import * as tf from '@tensorflow/tfjs-core';
import { mapping } from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { crossEntropy, mappingLoss } from '@mapping-networks/losses';
import { cnn1, cnn2, cnnBn } from '@mapping-networks/targets';
import { it } from 'vitest';
import { trainingStep } from './captured-steps.ts';
import { trace } from '../src/trace/trace.ts';
import { createBuilder } from '../src/ir/builder.ts';
import { topological } from '../src/ir/graph.ts';
import { layOut } from '../src/layout/lay-out.ts';
import { simplify } from '../src/simplify/simplify.ts';
const size = (n) => n.type.shape.reduce((a, b) => a * b, 1);
const measure = (name, step, signature) => {
  const t0 = performance.now();
  const g = trace(step, signature);
  const t1 = performance.now();
  const s = simplify(g, createBuilder());
  const t2 = performance.now();
  const l = layOut(s, createBuilder());
  const t3 = performance.now();
  const f = simplify(l, createBuilder());
  const t4 = performance.now();
  const count = (g) => topological(Object.values(g.outputs)).length;
  console.log(
    name,
    'trace',
    (t1 - t0) | 0,
    'simplify',
    (t2 - t1) | 0,
    'layout',
    (t3 - t2) | 0,
    'simplify',
    (t4 - t3) | 0,
    'nodes',
    count(g),
    count(s),
    count(l),
    count(f),
  );
  const nodes = topological(Object.values(f.outputs));
  const kinds = {};
  for (const n of nodes) {
    const k = n.kind + ('op' in n ? ':' + n.op : '');
    kinds[k] = (kinds[k] ?? 0) + 1;
  }
  console.log(JSON.stringify(kinds));
  for (const n of nodes.filter((n) => n.kind === 'transpose' && size(n) > 20000)) {
    const users = nodes
      .filter((u) => u.operands.includes(n))
      .map((u) => u.kind + ('op' in u ? ':' + u.op : '') + '[' + u.type.shape + ']');
    console.log(
      '  T',
      n.type.shape.join(),
      'p',
      n.permutation.join(),
      'of',
      n.operands[0].kind,
      n.operands[0].op ?? '',
      n.operands[0].operands[0]?.kind,
      '->',
      users.join(' '),
    );
  }
  if (process.env.DUMP === name) {
    const id = new Map(nodes.map((n, i) => [n, i]));
    const fs = require('node:fs');
    fs.writeFileSync(
      '/tmp/dump.txt',
      nodes
        .map(
          (n, i) =>
            `${i} = ${n.kind}${'op' in n ? ':' + n.op : ''}(${n.operands.map((o) => (o.kind === 'input' ? o.name : o.kind === 'fill' ? o.value + (o.type.shape.length ? '[' + o.type.shape + ']' : '') : '%' + id.get(o))).join(', ')}) ${'permutation' in n ? 'p' + n.permutation : ''}${'axes' in n ? 'axes ' + n.axes : ''} [${n.type.shape}]`,
        )
        .filter((l) => !/ = (fill|input)/.test(l))
        .join('\n'),
    );
  }
  if (process.env.BIG)
    for (const n of nodes.filter((n) => size(n) > 100000))
      console.log('   ', n.kind, n.op ?? '', n.type.shape.join());
};
const base = (target, loss, batchSize) => ({
  target,
  parameterization: mapping({ latentDim: 2048 }),
  loss,
  dataset: glyphs({ train: 128, validation: 4, test: 3 }),
  batchSize,
  epochs: 1,
});
it('targets', async () => {
  for (const [name, t, loss] of [
    ['cnn2', cnn2(), crossEntropy()],
    ['cnn2 mapping loss', cnn2(), mappingLoss()],
    ['cnn1', cnn1(), crossEntropy()],
    ['cnnBn', cnnBn(), crossEntropy()],
  ]) {
    const { step, signature } = await trainingStep(base(t, loss, 64));
    measure(name, step, signature);
    measure(name, step, signature);
  }
}, 600000);
const conv = (x, w, s = 1) => tf.conv2d(x, w, s, 'same');
const bn = (x, g, b) => {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm(x, mean, variance, b, g, 1e-3);
};
it('resnet', () => {
  const inputs = { x: { shape: [64, 32, 32, 3], dtype: 'float32' }, y: { shape: [64], dtype: 'int32' } };
  const names = [];
  const add = (n, ...shape) => {
    inputs[n] = { shape, dtype: 'float32' };
    names.push(n);
  };
  add('c0', 3, 3, 3, 16);
  add('g0', 16);
  add('b0', 16);
  let cin = 16;
  const blocks = [];
  for (const [c, s0] of [
    [16, 1],
    [32, 2],
    [64, 2],
  ])
    for (let i = 0; i < 3; i++) {
      const id = blocks.length;
      blocks.push([id, cin, c, i === 0 ? s0 : 1]);
      add(`w${id}`, 3, 3, cin, c);
      add(`wg${id}`, c);
      add(`wb${id}`, c);
      add(`v${id}`, 3, 3, c, c);
      add(`vg${id}`, c);
      add(`vb${id}`, c);
      cin = c;
    }
  add('d', 64, 10);
  const forward = (p, x) => {
    let h = tf.relu(bn(conv(x, p.c0), p.g0, p.b0));
    for (const [id, ci, co, s] of blocks) {
      let y = tf.relu(bn(conv(h, p[`w${id}`], s), p[`wg${id}`], p[`wb${id}`]));
      y = bn(conv(y, p[`v${id}`]), p[`vg${id}`], p[`vb${id}`]);
      const short =
        s === 1
          ? h
          : tf.pad(tf.avgPool(h, 1, 2, 'same'), [
              [0, 0],
              [0, 0],
              [0, 0],
              [(co - ci) / 2, (co - ci) / 2],
            ]);
      h = tf.relu(tf.add(y, short));
    }
    return tf.matMul(tf.mean(h, [1, 2]), p.d);
  };
  const step = (inp) => {
    const ps = names.map((n) => inp[n]);
    const f = (...ps) => {
      const p = Object.fromEntries(names.map((n, i) => [n, ps[i]]));
      const logits = forward(p, inp.x);
      const oh = tf.oneHot(inp.y, 10).cast('float32');
      return tf.neg(tf.mean(tf.sum(tf.mul(oh, tf.logSoftmax(logits)), -1)));
    };
    const { value, grads } = tf.valueAndGrads(f)(ps);
    return {
      loss: value,
      ...Object.fromEntries(grads.map((g, i) => ['d' + names[i], tf.sub(ps[i], tf.mul(g, 0.1))])),
    };
  };
  measure('resnet20', step, { frozen: {}, inputs });
  measure('resnet20', step, { frozen: {}, inputs });
}, 600000);
it('lstm', () => {
  const [B, T, I, H] = [128, 24, 28, 128];
  const inputs = {
    x: { shape: [B, T, I], dtype: 'float32' },
    y: { shape: [B], dtype: 'int32' },
    k: { shape: [I + H, 4 * H], dtype: 'float32' },
    b: { shape: [4 * H], dtype: 'float32' },
    d: { shape: [H, 10], dtype: 'float32' },
  };
  const names = ['k', 'b', 'd'];
  const step = (inp) => {
    const f = (k, b, d) => {
      let h = tf.zeros([B, H]),
        c = tf.zeros([B, H]);
      for (let t = 0; t < T; t++) {
        const xt = tf.reshape(tf.slice(inp.x, [0, t, 0], [B, 1, I]), [B, I]);
        const z = tf.add(tf.matMul(tf.concat([xt, h], 1), k), b);
        const [i, ff, o, g] = tf.split(z, 4, 1);
        c = tf.add(tf.mul(tf.sigmoid(ff), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        h = tf.mul(tf.sigmoid(o), tf.tanh(c));
      }
      return tf.neg(
        tf.mean(tf.sum(tf.mul(tf.oneHot(inp.y, 10).cast('float32'), tf.logSoftmax(tf.matMul(h, d))), -1)),
      );
    };
    const ps = names.map((n) => inp[n]);
    const { value, grads } = tf.valueAndGrads(f)(ps);
    return {
      loss: value,
      ...Object.fromEntries(grads.map((g, i) => ['d' + names[i], tf.sub(ps[i], tf.mul(g, 0.1))])),
    };
  };
  measure('lstm', step, { frozen: {}, inputs });
  measure('lstm', step, { frozen: {}, inputs });
}, 600000);
