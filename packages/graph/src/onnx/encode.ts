// A model as the bytes of an ONNX file. Field and type numbers are those of onnx.proto (github.com/onnx/onnx).
//
// Small messages go through a BinaryWriter. The graph and its tensors are kept in pieces, so that constants, which may
// be hundreds of megabytes, are copied once: from the caller's arrays into the result. ONNX stores little-endian
// numbers; so does every platform that Node runs on but s390x, which is not supported.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { modelTooLarge } from '../errors.ts';
import { constantValues } from './constant-values.ts';
import { DATA_TYPE } from './data-type.ts';
import type { OnnxAttribute, OnnxNode, OnnxSide, OnnxTensor, OnnxValue, PortableModel } from './model.ts';

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

const writeString = (writer: BinaryWriter, number: number, text: string): void => {
  writer.tag(number, WireType.LengthDelimited).string(text);
};

const writeInteger = (writer: BinaryWriter, number: number, value: number): void => {
  writer.tag(number, WireType.Varint).int64(value);
};

const writeMessage = (writer: BinaryWriter, number: number, write: () => void): void => {
  writer.tag(number, WireType.LengthDelimited).fork();
  write();
  writer.join();
};

/** The value of an AttributeProto, and its number in the enumeration of types. */
const writeAttribute = (writer: BinaryWriter, attribute: OnnxAttribute): number => {
  switch (attribute.type) {
    case 'float':
      writer.tag(2, WireType.Bit32).float(attribute.value);
      return 1;
    case 'int':
      writeInteger(writer, 3, attribute.value);
      return 2;
    case 'string':
      writeString(writer, 4, attribute.value);
      return 3;
    case 'ints':
      for (const value of attribute.value) writeInteger(writer, 8, value);
      return 7;
  }
};

/** NodeProto. What is computed once, when a runtime loads the model, has no name: nobody looks for it in a profile. */
const writeNode = (
  writer: BinaryWriter,
  { operator, domain, inputs, outputs, attributes }: OnnxNode<OnnxSide>,
  isNamed: boolean,
): void => {
  for (const input of inputs) writeString(writer, 1, input);
  for (const output of outputs) writeString(writer, 2, output.name);
  if (isNamed) writeString(writer, 3, outputs[0]?.name ?? operator);
  writeString(writer, 4, operator);
  for (const [name, attribute] of Object.entries(attributes)) {
    writeMessage(writer, 5, () => {
      writeString(writer, 1, name);
      writeInteger(writer, 20, writeAttribute(writer, attribute));
    });
  }
  if (domain !== '') writeString(writer, 7, domain);
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
    writeMessage(before, 1, () => writeNode(before, node, isNamed));
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
  for (const { domain, version } of model.operatorSets) {
    writeMessage(tail, 8, () => {
      writeString(tail, 1, domain);
      writeInteger(tail, 2, version);
    });
  }
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
