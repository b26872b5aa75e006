// How much a file may ask for before it is refused. Every bound is far above what this library writes and far below what
// would hurt a machine; docs/guides/files.md lists them.

/** Bytes of a bundle's config.json. Those of real runs have 1 to 2 KB; a name for each of 20,000 classes fits. */
export const MOST_CONFIG_BYTES: number = 2 ** 20;

/** Bytes of a file of arrays. 268 million float32 numbers. */
export const MOST_TENSOR_FILE_BYTES: number = 2 ** 30;

/** Bytes of the JSON header of a safetensors file: room for the history of 10,000 epochs beside thousands of tensors. */
export const MOST_HEADER_BYTES: number = 16 * 2 ** 20;

/** Levels of lists and objects in JSON. What walks a config calls itself once a level. */
export const MOST_JSON_DEPTH = 64;

/** Values in a JSON text, all levels together. */
export const MOST_JSON_VALUES = 500_000;

/** Sides of a tensor; TensorFlow.js has 6 at most, NumPy allowed 32 for decades. */
export const MOST_SIDES = 32;

/** Tensors of a network that a bundle describes. Deep networks have hundreds. */
export const MOST_TENSORS = 10_000;

/**
 * Operations that making the weights of a bundle may take, unless the reader allows more: a minute or two. The default
 * map makes 100 million parameters within them, but a line of config may ask for hours.
 */
export const MOST_LOADING_OPERATIONS = 1e11;

/** Parameters of a network that a bundle describes, unless the reader allows more: θ takes 400 MB then. */
export const MOST_LOADED_PARAMETERS = 100_000_000;
