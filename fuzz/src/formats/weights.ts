// Files of materialised weights, as the exporter `safetensors` writes them: sparse, quantized, in half precision. The
// checksum covers every byte, so that whatever is taken is the original, unless the checksum was made anew: then what is
// read must be what stands in the file, decoded here without the reader.
import { canonicalJson } from '@mapping-networks/core';
import { readWeights, safetensors as exporter, type Weights } from '@mapping-networks/export';
import { direct, fakeQuantized, masked, mlp } from 'mapping-networks';
import { createHash } from 'node:crypto';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { mutatedJson } from '../mutations/json.ts';
import { HOSTILE_LITERALS } from '../mutations/numbers.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { modelOf, layers } from './bundle-seeds.ts';
import { assembled, opened } from './safetensors.ts';
import { weightsIn, type Header } from './weights-reference.ts';

const small = mlp({ inputShape: [5], hidden: [7], classes: 3 });
const half = masked({ inner: direct() });

const SEEDS = [
  modelOf(small, direct()),
  modelOf(layers, half),
  modelOf(small, fakeQuantized({ type: 'int8', inner: half })),
  modelOf(layers, fakeQuantized({ type: 'int8', granularity: 'tensor', bias: true, inner: direct() })),
  modelOf(small, fakeQuantized({ type: 'int4', symmetric: false, inner: half })),
  modelOf(small, fakeQuantized({ type: 'int4', bias: true, inner: direct() })),
  modelOf(small, fakeQuantized({ type: 'float16', bias: true, inner: half })),
  modelOf(layers, fakeQuantized({ type: 'bfloat16', inner: direct() })),
];

const START = '{"__metadata__":{"sha256":"';
const PLACE = 8 + START.length;

/** A file with the checksum of its bytes in it, computed without the library, where it has the place for one. */
const sealed = (file: Uint8Array): Uint8Array => {
  const copy = Buffer.from(file);
  if (copy.toString('latin1', 8, PLACE) !== START || copy.length < PLACE + 64) return file;
  copy.fill('0', PLACE, PLACE + 64);
  copy.write(createHash('sha256').update(copy).digest('hex'), PLACE, 'latin1');
  return new Uint8Array(copy);
};

interface Hostile extends Mutated<Uint8Array> {
  readonly twice: boolean;
}

/** How a tensor is stored, in ways that no writer chooses. */
const oddTensor = (random: Random, tensor: object): object => ({
  ...tensor,
  ...random.pick([
    () => ({ type: random.pick(['float32', 'float16', 'bfloat16', 'int8', 'int4', 'int2']) }),
    () => ({ sparse: random.chance(0.5) }),
    () => ({ axis: random.pick([0, 1, 2, 7, null, -1, 2 ** 53]) }),
    () => ({ shape: random.pick([[], [0], [1], [35], [7, 5], [1e6, 1e6], [2 ** 53 - 1], Array(9).fill(1)]) }),
    () => ({ shape: [Number(random.pick(HOSTILE_LITERALS)) || 0, 5] }),
  ])(),
});

/** Damage to what the metadata say, to the header, or to the numbers. */
const forged = (file: Uint8Array, random: Random): Hostile => {
  const { header, data } = opened(file);
  const { __metadata__: metadata, ...arrays } = header as Header;
  const network = JSON.parse(metadata.network) as { readonly tensors: Record<string, object> };
  const withNetwork = (text: string): Uint8Array =>
    assembled(JSON.stringify({ __metadata__: { ...metadata, network: text }, ...arrays }), data);
  return random.pick([
    () => {
      const { what, value, twice } = mutatedJson(network, random);
      return { what: `${what} in the network`, value: withNetwork(value), twice };
    },
    () => {
      const name = random.pick(Object.keys(network.tensors));
      const tensors = { ...network.tensors, [name]: oddTensor(random, network.tensors[name] ?? {}) };
      const value = withNetwork(JSON.stringify({ ...network, tensors }));
      return { what: `a tensor stored otherwise`, value, twice: false };
    },
    () => {
      const { sha256, ...rest } = metadata;
      const { what, value } = mutatedJson(rest, random);
      const text = `{"__metadata__":{"sha256":"${sha256}",${value.slice(1)},${JSON.stringify(arrays).slice(1)}`;
      return { what: `${what} in the metadata`, value: assembled(text, data), twice: false };
    },
    () => {
      const { what, value } = mutatedJson(arrays, random);
      const text = `{"__metadata__":${JSON.stringify(metadata)},${value.slice(1)}`;
      return { what: `${what} in the header`, value: assembled(text, data), twice: false };
    },
    () => {
      const { what, value } = mutatedBytes(data, random);
      return { what: `${what} in the data`, value: assembled(JSON.stringify(header), value), twice: false };
    },
  ])();
};

/** As text, bit by bit. */
const textOf = ({ parameters, buffers, target }: Weights): string => {
  const arrays = (named: Weights['parameters']): unknown =>
    Object.fromEntries(
      Object.entries(named).map(([name, { dtype, shape, data }]) => {
        const hex = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
        return [name, { dtype, shape, hex }];
      }),
    );
  return canonicalJson({ target, parameters: arrays(parameters), buffers: arrays(buffers) });
};

const judge = (value: unknown, original: string, damaged: Uint8Array, isForged: boolean): Judgement => {
  const read = textOf(value as Weights);
  if (read === original) return 'equal';
  if (!isForged) return { wrong: 'altered weights were taken' };
  return read === textOf(weightsIn(damaged)) ? 'other' : { wrong: 'read as something else than it says' };
};

export const weights: Format = {
  name: 'weights file',
  mostBytes: 100 * 2 ** 20,
  open: async () => {
    const files: (readonly [Uint8Array, string])[] = [];
    for (const model of SEEDS) {
      const { 'weights.safetensors': file = new Uint8Array(0) } = await exporter().impl.write(model, {});
      files.push([file, textOf(readWeights(file))]);
    }
    return (random: Random): Attack => {
      const [file, original] = random.pick(files);
      const isForged = random.chance(0.6);
      const hostile = isForged ? forged(file, random) : { ...mutatedBytes(file, random), twice: false };
      const bytes = isForged ? sealed(hostile.value) : hostile.value;
      return {
        what: `${hostile.what}${isForged ? ', the checksum made anew' : ''}`,
        read: () => readWeights(bytes),
        judge: hostile.twice ? REFUSE : (value) => judge(value, original, bytes, isForged),
      };
    };
  },
};
