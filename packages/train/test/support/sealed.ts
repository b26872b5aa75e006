// A checkpoint file that somebody has written on purpose: any header and data, with the checksum that belongs to them.
// Written against the format, not with the code under test.
import { createHash } from 'node:crypto';

const START = 8 + '{"__metadata__":{"sha256":"'.length;

/** The file with its checksum set anew. */
export const sealed = (file: Uint8Array): Uint8Array => {
  const copy = Buffer.from(file);
  copy.write('0'.repeat(64), START, 'latin1');
  copy.write(createHash('sha256').update(copy).digest('hex'), START, 'latin1');
  return copy;
};

export interface Opened {
  readonly header: Record<string, unknown>;
  /** Of the metadata: `sha256`, `format`, `version`, `checkpoint`. */
  readonly metadata: Record<string, string>;
  /** `checkpoint` of the metadata. */
  readonly fields: Record<string, unknown>;
  readonly data: Uint8Array;
}

export const opened = (file: Uint8Array): Opened => {
  const bytes = Buffer.from(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  const metadata = header['__metadata__'];
  return { header, metadata, fields: JSON.parse(metadata['checkpoint']), data: bytes.subarray(8 + length) };
};

export const closed = (header: object, data: Uint8Array): Uint8Array => {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return sealed(Buffer.concat([length, text, data]));
};

/** The file with other metadata. */
export const withMetadata = (file: Uint8Array, changes: Record<string, unknown>): Uint8Array => {
  const { header, metadata, data } = opened(file);
  return closed({ ...header, __metadata__: { ...metadata, ...changes } }, data);
};

/** The file with other fields in `checkpoint`; undefined removes one. */
export const withFields = (file: Uint8Array, changes: Record<string, unknown>): Uint8Array =>
  withMetadata(file, { checkpoint: JSON.stringify({ ...opened(file).fields, ...changes }) });
