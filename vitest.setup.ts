// TensorFlow.js in Node registers no gradients by itself; tfjs-layers registers them all.
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
