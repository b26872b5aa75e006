// Quotients of minima within one interleaved run: what can be said of a machine that is shared.
import { found, type Measurement } from './results.ts';

/** A side of a ratio: a case on an engine; the compiled engine and PyTorch with two threads unless it says otherwise. */
interface Side {
  readonly name: string;
  readonly engine: string;
  readonly threads?: number;
}

interface Ratio {
  readonly label: string;
  readonly over: Side;
  readonly under: Side;
}

const NETWORKS = ['cnn2', 'cnn1', 'conv-stack', 'lstm'];
const MAPPED = ['cnn2', 'cnn1'];

const byEngine = (name: string, over: Omit<Side, 'name'>, under: Omit<Side, 'name'>): Ratio => {
  const text = ({ engine, threads }: Omit<Side, 'name'>): string =>
    engine === 'onnx' && threads === 1 ? 'onnx, 1 thread' : engine;
  return {
    label: `${name}: ${text(over)} / ${text(under)}`,
    over: { name, ...over },
    under: { name, ...under },
  };
};

const WASM = { engine: 'wasm', threads: 1 };
const ONNX = { engine: 'onnx' };
const PLAIN = { engine: 'torch-plain' };
const DENSE = { engine: 'torch-dense' };
const MATVEC = { engine: 'torch-matvec' };

const RATIOS: readonly Ratio[] = [
  ...NETWORKS.flatMap((name) => [
    byEngine(name, ONNX, PLAIN),
    byEngine(name, { engine: 'onnx', threads: 1 }, ONNX),
    byEngine(name, DENSE, ONNX),
    byEngine(name, MATVEC, ONNX),
    byEngine(name, WASM, ONNX),
  ]),
  ...MAPPED.flatMap((name): readonly Ratio[] => [
    byEngine(`${name} evaluation`, ONNX, PLAIN),
    {
      label: `${name}: full mapping loss / task only`,
      over: { name: `${name} mapping loss`, ...ONNX },
      under: { name, ...ONNX },
    },
    {
      label: `${name}: mapping alone / step`,
      over: { name: `${name} mapping alone`, ...ONNX },
      under: { name, ...ONNX },
    },
    {
      label: `${name}: all parameters trained / mapped`,
      over: { name: `${name} direct`, ...ONNX },
      under: { name, ...ONNX },
    },
  ]),
];

const minimum = (cases: readonly Measurement[], { name, engine, threads = 2 }: Side): number | undefined =>
  found(cases, name, engine, threads)?.minMs;

/** Those ratios whose two sides have been measured. */
export const ratiosOf = (cases: readonly Measurement[]): Record<string, number> =>
  Object.fromEntries(
    RATIOS.flatMap(({ label, over, under }) => {
      const [above, below] = [minimum(cases, over), minimum(cases, under)];
      return above === undefined || below === undefined
        ? []
        : [[label, Number((above / below).toPrecision(3))]];
    }),
  );
