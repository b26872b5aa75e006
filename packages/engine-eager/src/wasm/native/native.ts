// Instances of our own WebAssembly functions, one for each tfjs wasm backend, working in that backend's
// memory.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { assemble } from './assembler.ts';
import { wasmInternals } from '../errors.ts';
import { gemmPanel } from './gemm-kernel.ts';
import { memoryOf } from './heap.ts';
import { packPanel } from './pack-kernel.ts';
import { poolMaxima } from './pool-kernel.ts';
import { addRow, multiplyRow, subtractRow } from './row-kernels.ts';
import { sumRows } from './sum-kernel.ts';

/** Functions of the module; every argument is an integer: an address, an end address, a size or a flag. */
export type Native = Readonly<Record<NativeName, (...args: number[]) => void>>;

type NativeName =
  | 'gemmPanel'
  | 'packPanel'
  | 'poolMaxima'
  | 'sumRows'
  | 'addRow'
  | 'subtractRow'
  | 'multiplyRow';

/** The binary module; multiplications and additions are fused where the JavaScript engine knows how. */
function compile(): WebAssembly.Module {
  const others = [packPanel, poolMaxima, sumRows, addRow, subtractRow, multiplyRow];
  const fused = assemble([gemmPanel(true), ...others]);
  return new WebAssembly.Module(
    WebAssembly.validate(fused) ? fused : assemble([gemmPanel(false), ...others]),
  );
}

const instances = new WeakMap<BackendWasm, Native>();
let compiled: WebAssembly.Module | undefined;

/** The functions bound to the memory of `backend`, instantiated on first use. */
export function nativeOf(backend: BackendWasm): Native {
  const known = instances.get(backend);
  if (known !== undefined) return known;
  compiled ??= compile();
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: memoryOf(backend) } });
  const native: Native = {
    gemmPanel: callable(exports['gemmPanel']),
    packPanel: callable(exports['packPanel']),
    poolMaxima: callable(exports['poolMaxima']),
    sumRows: callable(exports['sumRows']),
    addRow: callable(exports['addRow']),
    subtractRow: callable(exports['subtractRow']),
    multiplyRow: callable(exports['multiplyRow']),
  };
  instances.set(backend, native);
  return native;
}

function callable(value: WebAssembly.ExportValue | undefined): (...args: number[]) => void {
  if (typeof value === 'function') return (...args) => void value(...args);
  throw wasmInternals('our functions');
}
