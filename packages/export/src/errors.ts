// Every error that `export` throws, one function each.
import { MappingNetworksError, quoted, reasonOf, shown, type ExportTolerance } from '@mapping-networks/core';
import { LARGEST_HALF, type HalfType } from '@mapping-networks/runtime/canonical';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({
    code: `EXPORT_${code}`,
    problem,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });

const shape = (sides: readonly number[]): string => `[${sides.join(', ')}]`;

/** When the inputs to compare with are none, or of another shape than the network's. */
export const wrongInputs = (
  what: 'inputs' | 'calibration',
  expected: readonly number[],
  received: readonly number[],
): MappingNetworksError =>
  error(
    'INPUTS',
    `Expected ${what} of shape [examples, ${expected.join(', ')}] with at least one example, got ${shape(received)}.`,
    'Pass inputs of the kind that the network was trained on, normalised like them.',
  );

export const wrongLabels = (expected: number, received: number): MappingNetworksError =>
  error(
    'LABELS',
    `Expected ${expected} labels, one for each input, got ${received}.`,
    'Pass the class of each input, or leave labels out.',
  );

/** When what was loaded again does not give one output for each input. */
export const wrongOutputs = (
  name: string,
  expected: readonly number[],
  received: readonly number[],
): MappingNetworksError =>
  error(
    'OUTPUTS',
    `Export '${name}' gives outputs of shape ${shape(received)}, its source ${shape(expected)}.`,
    "Correct the exporter's run: it takes any number of inputs and gives an output for each.",
  );

/** When a file of an exporter has a name that is a path, or that not every system takes. */
export const unsafeFileName = (name: string, file: string): MappingNetworksError =>
  error(
    'FILE_NAME',
    `Export '${name}' wants to write a file named ${quoted(file)}.`,
    'Name files with letters, digits, dots, dashes and underlines, and no dot in front.',
  );

/** When an exporter, or the runtime that its files are for, throws what is no error of ours. */
export const exporterFailed = (name: string, doing: 'write' | 'run', cause: unknown): MappingNetworksError =>
  error(
    'FAILED',
    `Export '${name}' could not be ${doing === 'write' ? 'written' : 'run in its runtime'}: ${reasonOf(cause)}.`,
    'Leave this exporter out, or report this with the options and the layers of the network.',
    cause,
  );

const LOST = {
  accuracy: 'accuracy falls by',
  answers: 'the share of answers that change is',
  difference: 'the output differs, relative to the largest, by',
} as const;

/** The figures that a tolerance is about. */
export interface Misfit {
  readonly name: string;
  readonly tolerance: ExportTolerance;
  readonly maxDifference: number;
  readonly relativeDifference: number;
  readonly lostAccuracy: number;
  /** What `lostAccuracy` is: less accuracy, the share of answers that changed, or the difference of a single output. */
  readonly measured: keyof typeof LOST;
}

/** When an export gives other outputs than its source, by more than it promises. */
export const beyondTolerance = (misfit: Misfit): MappingNetworksError => {
  const { name, tolerance, maxDifference, relativeDifference, lostAccuracy, measured } = misfit;
  const limits = [
    ...(tolerance.output === undefined
      ? []
      : [
          `outputs differ by up to ${maxDifference.toPrecision(3)}, ${relativeDifference.toPrecision(3)} of the largest, allowed ${tolerance.output}`,
        ]),
    ...(tolerance.accuracy === undefined
      ? []
      : [`${LOST[measured]} ${lostAccuracy.toPrecision(3)}, allowed ${tolerance.accuracy}`]),
  ];
  return error(
    'BEYOND_TOLERANCE',
    `Export '${name}' is beyond its tolerance: ${limits.join('; ')}.`,
    'Choose a higher precision, or allow more by the option tolerance if that is good enough.',
  );
};

/** When several exports failed; the first one is the cause. */
export const exportsFailed = (messages: readonly string[], cause: unknown): MappingNetworksError =>
  error(
    'NOT_PASSED',
    `${messages.length} exports failed. ${messages.map((message, i) => `(${i + 1}) ${message}`).join(' ')}`,
    'The other exports can be used.',
    cause,
  );

/** When one of the files of an export is not there. */
export const missingFile = (file: string, files: readonly string[]): MappingNetworksError =>
  error(
    'MISSING_FILE',
    `Expected a file ${quoted(file)}, got ${files.map(quoted).join(', ') || 'none'}.`,
    'Pass all files as the exporter wrote them.',
  );

/** When files that were read back describe another network than the one they were made of. */
export const otherNetwork = (kind: 'target' | 'parameterization', name: string): MappingNetworksError =>
  error(
    'OTHER_NETWORK',
    `The files hold a ${kind} '${name}' with other options than the network that they are compared with.`,
    'Load them beside the network that they were made of.',
  );

/** When weights that were read back are not the source's, bit by bit. */
export const weightsDiffer = (
  tensor: string,
  index: number,
  expected: number,
  received: number,
): MappingNetworksError =>
  error(
    'WEIGHTS_DIFFER',
    `Tensor ${quoted(tensor)} was read back as ${received} at index ${index}, written as ${expected}.`,
    'Write the export again; if that does not help, report this with the options of the network.',
  );

/** When a target is a function that no list of layers describes. */
export const notLayered = (exporter: string, target: string): MappingNetworksError =>
  error(
    'NOT_LAYERED',
    `Exporter '${exporter}' writes networks that are lists of layers; target '${target}' is none.`,
    'Export it as onnx, which records what a target computes, or make the target of sequential.',
  );

/** When onnxruntime-node is not installed, or has no binary for this platform; the engine's error is the cause. */
export const noOnnxRuntime = (cause: Error): MappingNetworksError =>
  error(
    'NO_ONNX_RUNTIME',
    `ONNX exports are checked in ONNX Runtime, which does not load: ${reasonOf(cause.cause)}.`,
    'Run npm install onnxruntime-node (where only an npm registry can be reached: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node), or leave the exporters onnx and generator out.',
    cause,
  );

/** When ONNX Runtime does not take a model. */
export const invalidOnnx = (cause: unknown): MappingNetworksError =>
  error(
    'INVALID_ONNX',
    `ONNX Runtime refuses the model: ${reasonOf(cause)}.`,
    'Load the file as it was written; if it was, report this with the layers of the network.',
    cause,
  );

/** When a weight is to be rounded to half precision, and is too large for it. */
export const beyondHalf = (tensor: string, value: number, type: HalfType): MappingNetworksError => {
  const [held, largest] = [value, LARGEST_HALF[type]].map((number) => Number(number.toPrecision(6)));
  return error(
    'BEYOND_HALF',
    `Tensor ${quoted(tensor)} holds ${held}, and the largest ${type} is ${largest}.`,
    `Store it in ${type === 'float16' ? 'bfloat16, which reaches as far as float32, or in ' : ''}float32.`,
  );
};

/** When a file of weights is damaged, or none. */
export const invalidWeights = (file: string, problem: string): MappingNetworksError =>
  error(
    'INVALID_WEIGHTS',
    `Expected the weights of a network in '${file}', but ${problem}.`,
    "Pass a file as the exporter 'safetensors' wrote it, or write it again.",
  );

export const newerWeights = (file: string, received: number, known: number): MappingNetworksError =>
  error(
    'NEWER_WEIGHTS',
    `'${file}' has version ${received} of the layout, this library reads up to ${known}.`,
    'Update @mapping-networks/export.',
  );

/** When activations are to be quantized and nothing tells their ranges. */
export const noCalibration = (): MappingNetworksError =>
  error(
    'NO_CALIBRATION',
    'ONNX in int8 needs inputs to find the ranges of activations, and none were given.',
    'Pass calibration, some hundred inputs of the training split.',
  );

/** When a file system does not take the files. */
export const cannotWrite = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'CANNOT_WRITE',
    `Cannot write exports to ${shown(folder)}: ${reasonOf(cause)}.`,
    'Choose a folder that you may write to, with room for the files.',
    cause,
  );
