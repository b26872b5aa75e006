// A model as the bytes of an ONNX file. Field and type numbers are those of onnx.proto (github.com/onnx/onnx).
//
// Small messages go through a BinaryWriter. The graph and its tensors are kept in pieces, so that constants, which may
// be hundreds of megabytes, are copied once: from the caller's arrays into the result. ONNX stores little-endian
// numbers; so does every platform that Node runs on but s390x, which is not supported.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { modelTooLarge } from '../errors.ts';
import { constantValues } from './constant-values.ts';
import { DATA_TYPE } from './data-type.ts';
import { writeInteger, writeMessage, writeNode, writeString } from './encode-node.ts';
import type { OnnxFunction, OnnxSide, OnnxTensor, OnnxValue, PortableModel } from './model.ts';

/** Version of the file format that goes with operator set 18. */
const IR_VERSION = 8;

/** Protocol buffers hold no message of 2 GiB or more. */
const MOST_BYTES = 2 ** 31 - 1;

type Pieces = readonly Uint8Array[];

const sizeOfPieces = (pieces: Pieces): number => pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);

/** A message in pieces as a field of the message around it. */
const field = (number: number, pieces: Pieces): Pieces => {
  const size = sizeOfPieces(pieces);
  if (size > MOST_BYTES) throw modelTooLarge(size, MOST_BYTES);
  return [new BinaryWriter().tag(number, WireType.LengthDelimited).uint32(size).finish(), ...pieces];
};

/** TensorShapeProto.Dimension. */
const writeSide = (writer: BinaryWriter, side: OnnxSide): void => {
  if (typeof side === 'number') writeInteger(writer, 1, side);
  else writeString(writer, 2, side);
};

/** ValueInfoProto: name and TypeProto. */
const writeValue = (writer: BinaryWriter, { name, dtype, shape }: OnnxValue<OnnxSide>): void => {
  writeString(writer, 1, name);
  writeMessage(writer, 2, () =>
    writeMessage(writer, 1, () => {
      writeInteger(writer, 1, DATA_TYPE[dtype]);
      writeMessage(writer, 2, () => {
        for (const side of shape) writeMessage(writer, 1, () => writeSide(writer, side));
      });
    }),
  );
};

/** TensorProto with raw data. */
const tensor = ({ name, dtype, shape, data }: OnnxTensor): Pieces => {
  const writer = new BinaryWriter();
  for (const side of shape) writeInteger(writer, 1, side);
  writeInteger(writer, 2, DATA_TYPE[dtype]);
  writeString(writer, 8, name);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [writer.tag(9, WireType.LengthDelimited).uint32(bytes.byteLength).finish(), bytes];
};

/** GraphProto. Types of the values that a run computes help those who read the file with other tools. */
const graph = ({ name = 'step', nodes, initializers, inputs, outputs }: PortableModel): Pieces => {
  const before = new BinaryWriter();
  const constants = constantValues(nodes, initializers);
  for (const node of nodes) {
    const isNamed = !node.outputs.every((value) => constants.has(value.name));
    const outputs = node.outputs.map((output) => output.name);
    writeMessage(before, 1, () => writeNode(before, { ...node, outputs }, isNamed));
  }
  writeString(before, 2, name);
  const after = new BinaryWriter();
  const values = (number: number, listed: readonly OnnxValue<OnnxSide>[]): void => {
    for (const value of listed) writeMessage(after, number, () => writeValue(after, value));
  };
  values(11, inputs);
  values(12, outputs);
  const results = new Set(outputs.map(({ name }) => name));
  values(
    13,
    nodes
      .flatMap((node) => node.outputs)
      .filter(({ name: value }) => !results.has(value) && !constants.has(value)),
  );
  return [
    before.finish(),
    ...initializers.flatMap((initializer) => field(5, tensor(initializer))),
    after.finish(),
  ];
};

/** OperatorSetIdProto. */
const writeOperatorSets = (
  writer: BinaryWriter,
  number: number,
  sets: PortableModel['operatorSets'],
): void => {
  for (const { domain, version } of sets) {
    writeMessage(writer, number, () => {
      writeString(writer, 1, domain);
      writeInteger(writer, 2, version);
    });
  }
};

/** FunctionProto, with the sets that its nodes are from. */
const writeFunction = (
  writer: BinaryWriter,
  { name, inputs, outputs, nodes }: OnnxFunction,
  sets: PortableModel['operatorSets'],
): void => {
  writeString(writer, 1, name);
  for (const input of inputs) writeString(writer, 4, input);
  for (const output of outputs) writeString(writer, 5, output);
  for (const node of nodes) writeMessage(writer, 7, () => writeNode(writer, node, false));
  const used = sets.filter(({ domain }) => nodes.some((node) => node.domain === domain));
  writeOperatorSets(writer, 9, used);
  writeString(writer, 10, 'local');
};

/**
 * The model as the bytes of an ONNX file. The same model gives the same bytes.
 *
 * @example
 * ```ts
 * import { encodeModel, type OnnxModel } from '@mapping-networks/graph';
 * const x = { name: 'x', dtype: 'float32', shape: [2] } as const;
 * const y = { ...x, name: 'y' };
 * const model: OnnxModel = {
 *   operatorSets: [{ domain: '', version: 18 }],
 *   inputs: [x],
 *   outputs: [{ ...y, result: 'y' }],
 *   initializers: [],
 *   nodes: [{ operator: 'Relu', domain: '', inputs: ['x'], outputs: [y], attributes: {} }],
 * };
 * console.log(encodeModel(model).length); // 85
 * ```
 *
 * @throws GRAPH_MODEL_TOO_LARGE from 2 GiB
 */
export const encodeModel = (model: PortableModel): Uint8Array<ArrayBuffer> => {
  const head = new BinaryWriter();
  writeInteger(head, 1, IR_VERSION);
  writeString(head, 2, 'mapping-networks');
  const tail = new BinaryWriter();
  writeOperatorSets(tail, 8, model.operatorSets);
  for (const each of model.functions ?? [])
    writeMessage(tail, 25, () => writeFunction(tail, each, model.operatorSets));
  const pieces = [head.finish(), ...field(7, graph(model)), tail.finish()];
  const size = sizeOfPieces(pieces);
  if (size > MOST_BYTES) throw modelTooLarge(size, MOST_BYTES);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
};
