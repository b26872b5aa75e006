// Before each test file. TensorFlow.js in Node registers no gradients by itself; tfjs-layers registers them all. Files
// share one TensorFlow.js, so each starts on the backend that the next one expects, and without its advertisement.
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

tf.env().set('IS_TEST', true);
await tf.setBackend('cpu');
