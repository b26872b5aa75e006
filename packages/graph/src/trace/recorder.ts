// A TensorFlow.js backend whose tensors have nodes instead of numbers. Its kernels make nodes; what is made in the step
// from plain numbers is a constant.
import * as tf from '@tensorflow/tfjs-core';
import { capturedVariable, dataRead, staleTensor } from '../errors.ts';
import { ARRAYS } from '../ir/arrays.ts';
import type { Builder } from '../ir/builder.ts';
import type { Node } from '../ir/node.ts';
import type { ElementArray } from '../ir/value-type.ts';
import { allocate } from '../interpret/storage.ts';
import type { Kernel } from './kernel.ts';
import { supportedType } from './supported-type.ts';

interface Recorded {
  readonly node: Node;
  readonly builder: Builder;
  references: number;
}

/** A class, because TensorFlow.js asks backends to inherit from its own. */
export class Recorder extends tf.KernelBackend {
  /** What nodes are made with; set while a step is recorded. */
  builder: Builder | undefined;
  readonly #data = new tf.DataStorage<Recorded>(this, tf.engine());

  /** A tensor for a node. */
  tensorOf(node: Node): tf.TensorInfo {
    const dataId = {};
    this.#data.set(dataId, { node, builder: this.#recording(), references: 1 });
    return { dataId, shape: [...node.type.shape], dtype: node.type.dtype };
  }

  /**
   * The node of a tensor. Constants of an earlier recording are made anew.
   *
   * @throws GRAPH_NOT_PURE for a variable, and for a tensor that was computed in an earlier recording
   */
  nodeOf(tensor: tf.TensorInfo): Node {
    // Before its data is asked for, which would take it from the backend that it is on.
    if (tensor instanceof tf.Variable) throw capturedVariable(tensor);
    const { node, builder } = this.#data.get(tensor.dataId);
    const current = this.#recording();
    if (builder === current) return node;
    const { shape, dtype } = node.type;
    if (node.kind === 'constant') return current.constant(node.data, shape);
    if (node.kind === 'fill') return current.fill(node.value, shape, dtype);
    throw staleTensor();
  }

  /** What a call of a kernel yields. */
  record(
    kernel: Kernel,
    inputs: tf.NamedTensorInfoMap,
    attributes: unknown,
  ): tf.TensorInfo | tf.TensorInfo[] {
    const nodes: Record<string, Node> = {};
    for (const [name, tensor] of Object.entries(inputs)) if (tensor) nodes[name] = this.nodeOf(tensor);
    const result = kernel(this.#recording(), nodes, attributes);
    if (!('kind' in result)) return result.map((node) => this.tensorOf(node));
    const same = Object.values(inputs).find((tensor) => tensor && this.nodeOf(tensor) === result);
    return same === undefined ? this.tensorOf(result) : this.#shared(same);
  }

  /** Another tensor over the same data: TensorFlow.js counts data that stays after an operation, as clones would. */
  #shared({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
    this.incRef(dataId);
    return { dataId, shape, dtype };
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    // A copy: TensorFlow.js gives the caller's own array, which a step may fill with other numbers at its next call.
    this.move(dataId, ArrayBuffer.isView(values) ? values.slice() : values, shape, dtype, 1);
    return dataId;
  }

  /** Called by TensorFlow.js too, for tensors of another backend that the step has caught: they are constants. */
  override move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    const ArrayOf = ARRAYS[supportedType(dtype)];
    const data = values instanceof ArrayOf ? values : ArrayOf.from(values as ArrayLike<number>);
    const builder = this.#recording();
    this.#data.set(dataId, { node: builder.constant(data, [...shape]), builder, references });
  }

  /** @throws GRAPH_DATA_READ unless the numbers are known */
  override readSync(dataId: object): ElementArray {
    const { node } = this.#data.get(dataId);
    if (node.kind === 'constant') return node.data;
    if (node.kind === 'fill') return allocate(node.type).fill(node.value);
    throw dataRead();
  }

  override async read(dataId: object): Promise<ElementArray> {
    return this.readSync(dataId);
  }

  override refCount(dataId: object): number {
    return this.#data.has(dataId) ? this.#data.get(dataId).references : 0;
  }

  override incRef(dataId: object): void {
    this.#data.get(dataId).references++;
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.#data.has(dataId)) return true;
    const recorded = this.#data.get(dataId);
    recorded.references--;
    if (recorded.references > 0 && !force) return false;
    return this.#data.delete(dataId);
  }

  override numDataIds(): number {
    return this.#data.numDataIds();
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override dispose(): void {}

  #recording(): Builder {
    if (this.builder === undefined) throw staleTensor();
    return this.builder;
  }
}
