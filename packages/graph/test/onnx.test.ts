// The encoder: what it writes, another implementation of ONNX' schema reads, and onnxruntime runs.
import { createHash } from 'node:crypto';
import { fromBinary } from '@bufbuild/protobuf';
import { float32 } from '@mapping-networks/core';
import {
  AttributeProto_AttributeType,
  ModelProtoSchema,
  TensorProto_DataType,
  type ModelProto,
} from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { createBuilder } from '../src/ir/builder.ts';
import { lower } from '../src/lower/lower.ts';
import { dumpModel } from '../src/onnx/dump.ts';
import { encodeModel } from '../src/onnx/encode.ts';
import type { OnnxModel } from '../src/onnx/model.ts';
import { runModel } from './run-model.ts';

const value = (name: string, shape: readonly number[], dtype: 'float32' | 'int32' = 'float32') => ({
  name,
  shape,
  dtype,
});

/** Every type of attribute, every type of tensor, a node without attributes, a left-out input, both domains. */
const model: OnnxModel = {
  operatorSets: [
    { domain: '', version: 18 },
    { domain: 'com.microsoft', version: 1 },
  ],
  inputs: [value('x', [2, 3]), value('größe', [], 'int32')],
  outputs: [{ ...value('y', [3, 2]), result: 'y' }],
  initializers: [
    { name: 'ids', dtype: 'int32', shape: [2], data: Int32Array.of(-1, 2) },
    { name: 'axes', dtype: 'int64', shape: [1], data: BigInt64Array.of(-(2n ** 40n)) },
    { name: 'flags', dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) },
    {
      name: 'view',
      dtype: 'float32',
      shape: [2],
      data: new Float32Array(Float32Array.of(1, 2, 3).buffer, 4),
    },
    { name: 'none', dtype: 'float32', shape: [0, 4], data: new Float32Array(0) },
  ],
  nodes: [
    { operator: 'Relu', domain: '', inputs: ['x'], outputs: [value('relu_0', [2, 3])], attributes: {} },
    {
      operator: 'FusedMatMul',
      domain: 'com.microsoft',
      inputs: ['relu_0', '', 'view'],
      outputs: [value('y', [3, 2])],
      attributes: {
        alpha: { type: 'float', value: 0.5 },
        axis: { type: 'int', value: -1 },
        pads: { type: 'ints', value: [0, -2, 2 ** 40] },
        mode: { type: 'string', value: 'über' },
      },
    },
  ],
};

const decoded = (): ModelProto => fromBinary(ModelProtoSchema, encodeModel(model));

describe('encodeModel', () => {
  it('writes the head of a model', () => {
    const { irVersion, producerName, opsetImport, graph } = decoded();
    expect({ irVersion, producerName, name: graph?.name }).toEqual({
      irVersion: 8n,
      producerName: 'mapping-networks',
      name: 'step',
    });
    expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([
      ['', 18n],
      ['com.microsoft', 1n],
    ]);
  });

  it('writes nodes and attributes', () => {
    const [relu, product] = decoded().graph?.node ?? [];
    expect(relu).toMatchObject({
      opType: 'Relu',
      domain: '',
      input: ['x'],
      output: ['relu_0'],
      attribute: [],
    });
    expect(product).toMatchObject({
      opType: 'FusedMatMul',
      domain: 'com.microsoft',
      input: ['relu_0', '', 'view'],
      output: ['y'],
      name: 'y',
    });
    const text = new TextEncoder();
    expect(product?.attribute).toMatchObject([
      { name: 'alpha', type: AttributeProto_AttributeType.FLOAT, f: 0.5 },
      { name: 'axis', type: AttributeProto_AttributeType.INT, i: -1n },
      { name: 'pads', type: AttributeProto_AttributeType.INTS, ints: [0n, -2n, 2n ** 40n] },
      { name: 'mode', type: AttributeProto_AttributeType.STRING, s: text.encode('über') },
    ]);
  });

  it('writes constants of all types as raw little-endian data', () => {
    const tensors = decoded().graph?.initializer ?? [];
    expect(tensors.map(({ name, dims, dataType }) => [name, dims.map(Number), dataType])).toEqual([
      ['ids', [2], TensorProto_DataType.INT32],
      ['axes', [1], TensorProto_DataType.INT64],
      ['flags', [2], TensorProto_DataType.BOOL],
      ['view', [2], TensorProto_DataType.FLOAT],
      ['none', [0, 4], TensorProto_DataType.FLOAT],
    ]);
    expect(tensors.map(({ rawData }) => Buffer.from(rawData ?? []).toString('hex'))).toEqual([
      'ffffffff02000000',
      '0000000000ffffff',
      '0001',
      '0000004000004040',
      '',
    ]);
  });

  it('writes types of inputs, outputs and the values in between', () => {
    const { input = [], output = [], valueInfo = [] } = decoded().graph ?? {};
    const shown = [...input, ...output, ...valueInfo].map(({ name, type }) => {
      const tensor = type?.value.case === 'tensorType' ? type.value.value : undefined;
      return [name, tensor?.elemType, tensor?.shape?.dim.map((side) => Number(side.value.value))];
    });
    expect(shown).toEqual([
      ['x', TensorProto_DataType.FLOAT, [2, 3]],
      ['größe', TensorProto_DataType.INT32, []],
      ['y', TensorProto_DataType.FLOAT, [3, 2]],
      ['relu_0', TensorProto_DataType.FLOAT, [2, 3]],
    ]);
  });

  it('refuses 2 GiB and more before it takes memory', () => {
    // Three views of one untouched gigabyte.
    const data = new Float32Array(2 ** 28);
    const huge = ['a', 'b', 'c'].map((name) => ({ ...value(name, [data.length]), data }));
    expect(() => encodeModel({ ...model, initializers: huge })).toThrow(
      expect.objectContaining({ code: 'GRAPH_MODEL_TOO_LARGE' }),
    );
  });
});

/** y = softmax-like quotient of a small dense layer. */
const smallGraph = (): OnnxModel => {
  const b = createBuilder();
  const x = b.input('x', { shape: [4, 3], dtype: 'float32' });
  const w = b.constant(Float32Array.of(0.5, -1, 2, 0.25, 1, -0.5), [3, 2]);
  const powers = b.unary('exp', b.binary('add', b.matMul(x, w), b.constant(Float32Array.of(1, -1), [2])));
  const y = b.binary('div', powers, b.reshape(b.reduce('sum', powers, [1]), [4, 1]));
  return lower({ inputs: [x], outputs: { y } });
};

describe('the bytes of a model', () => {
  it('are the same each time', () => {
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    const bytes = encodeModel(smallGraph());
    expect(encodeModel(smallGraph())).toEqual(bytes);
    expect(digest(bytes)).toMatchInlineSnapshot(
      `"78eddf5818e25bb085e3544e3946f5aab3b76ab669c418228a881476937bd62a"`,
    );
  });

  it('run in onnxruntime', async () => {
    const x = float32(
      Float32Array.from({ length: 12 }, (_, i) => i / 12),
      [4, 3],
    );
    const { y } = await runModel(smallGraph(), { x });
    expect(y?.shape).toEqual([4, 2]);
    for (let row = 0; row < 4; row++) {
      expect((y?.data[2 * row] ?? 0) + (y?.data[2 * row + 1] ?? 0)).toBeCloseTo(1, 6);
    }
  });
});

describe('dumpModel', () => {
  it('writes a line for each node', () => {
    expect(dumpModel(smallGraph())).toMatchInlineSnapshot(`
      "operator sets: onnx 18
      inputs:
        x: float32[4, 3]
      constants:
        constant: float32[3, 2] = 0.5, -1, 2, 0.25, 1, -0.5
        constant.1: float32[2] = 1, -1
        int64_1_2: int64[2] = 1, 2
        int64_1: int64[1] = 1
        int64_4_1: int64[2] = 4, 1
      nodes:
        add_0.reshape = Reshape(constant.1, int64_1_2) : float32[1, 2]
        add_0 = Gemm(x, constant, add_0.reshape) : float32[4, 2]
        exp_0 = Exp(add_0) : float32[4, 2]
        sum_0 = ReduceSum(exp_0, int64_1) { keepdims: 0 } : float32[4]
        reshape_0 = Reshape(sum_0, int64_4_1) : float32[4, 1]
        y = Div(exp_0, reshape_0) : float32[4, 2]
      outputs:
        y = y: float32[4, 2]
      "
    `);
  });

  it('shows attributes, domains and small constants', () => {
    expect(dumpModel(model)).toMatchInlineSnapshot(`
      "operator sets: onnx 18, com.microsoft 1
      inputs:
        x: float32[2, 3]
        größe: int32[]
      constants:
        ids: int32[2] = -1, 2
        axes: int64[1] = -1099511627776
        flags: bool[2] = 0, 1
        view: float32[2] = 2, 3
        none: float32[0, 4] = 
      nodes:
        relu_0 = Relu(x) : float32[2, 3]
        y = com.microsoft.FusedMatMul(relu_0, , view) { alpha: 0.5, axis: -1, pads: [0, -2, 1099511627776], mode: über } : float32[3, 2]
      outputs:
        y = y: float32[3, 2]
      "
    `);
  });
});

describe('functions of a model', () => {
  /** y = (2x)², by a function that calls another. */
  const called = (operator: string, input: string, output: string): OnnxModel['nodes'][number] => ({
    operator,
    domain: 'local',
    inputs: [input],
    outputs: [value(output, [3])],
    attributes: {},
  });
  const node = (operator: string, domain: '' | 'local', inputs: readonly string[], output: string) => ({
    operator,
    domain,
    inputs,
    outputs: [output],
    attributes: {},
  });
  const squares: OnnxModel = {
    operatorSets: [
      { domain: '', version: 18 },
      { domain: 'local', version: 1 },
    ],
    inputs: [value('x', [3])],
    outputs: [{ ...value('y', [3]), result: 'y' }],
    initializers: [],
    nodes: [called('squareOfTwice', 'x', 'y')],
    functions: [
      {
        name: 'squareOfTwice',
        inputs: ['x'],
        outputs: ['y'],
        nodes: [node('twice', 'local', ['x'], 'a'), node('Mul', '', ['a', 'a'], 'y')],
      },
      { name: 'twice', inputs: ['x'], outputs: ['y'], nodes: [node('Add', '', ['x', 'x'], 'y')] },
    ],
  };

  it('are written with the operators that they use', () => {
    const { functions } = fromBinary(ModelProtoSchema, encodeModel(squares));
    const shown = functions.map(({ name, domain, input, output, opsetImport }) => [
      [domain, name, ...input, ...output].join(' '),
      ...opsetImport.map((set) => `${set.domain} ${set.version}`),
    ]);
    expect(shown).toEqual([
      ['local squareOfTwice x y', ' 18', 'local 1'],
      ['local twice x y', ' 18'],
    ]);
    expect(functions[0]?.node.map(({ opType }) => opType)).toEqual(['twice', 'Mul']);
  });

  it('run in onnxruntime', async () => {
    const { y } = await runModel(squares, { x: float32(Float32Array.of(1, 2, 3)) });
    expect([...(y?.data ?? [])]).toEqual([4, 16, 36]);
  });

  it('are shown below the graph that calls them', () => {
    expect(dumpModel(squares)).toMatchInlineSnapshot(`
      "operator sets: onnx 18, local 1
      inputs:
        x: float32[3]
      nodes:
        y = local.squareOfTwice(x) : float32[3]
      outputs:
        y = y: float32[3]
      function squareOfTwice(x) → y:
        a = local.twice(x)
        y = Mul(a, a)
      function twice(x) → y:
        y = Add(x, x)
      "
    `);
  });
});
