// Nodes, and what all messages of an ONNX file are written with.
import { WireType, type BinaryWriter } from '@bufbuild/protobuf/wire';
import type { OnnxAttribute, OnnxFunctionNode } from './model.ts';

export const writeString = (writer: BinaryWriter, number: number, text: string): void => {
  writer.tag(number, WireType.LengthDelimited).string(text);
};

export const writeInteger = (writer: BinaryWriter, number: number, value: number): void => {
  writer.tag(number, WireType.Varint).int64(value);
};

export const writeMessage = (writer: BinaryWriter, number: number, write: () => void): void => {
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
export const writeNode = (
  writer: BinaryWriter,
  { operator, domain, inputs, outputs, attributes }: OnnxFunctionNode,
  isNamed: boolean,
): void => {
  for (const input of inputs) writeString(writer, 1, input);
  for (const output of outputs) writeString(writer, 2, output);
  if (isNamed) writeString(writer, 3, outputs[0] ?? operator);
  writeString(writer, 4, operator);
  for (const [name, attribute] of Object.entries(attributes)) {
    writeMessage(writer, 5, () => {
      writeString(writer, 1, name);
      writeInteger(writer, 20, writeAttribute(writer, attribute));
    });
  }
  if (domain !== '') writeString(writer, 7, domain);
};
