// Before each test file. TensorFlow.js in Node registers no gradients by itself; tfjs-layers registers them all. Files
// share one TensorFlow.js, so each starts on the backend that the next one expects, and without its advertisement.
// Properties are tried on the same examples in every run, or on those of FAST_CHECK_SEED.
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';

tf.env().set('IS_TEST', true);
await tf.setBackend('cpu');
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 0) });
