// What someone does who was given an exported model: run it by onnxruntime-node. Prints input and output.
import { InferenceSession, Tensor } from 'onnxruntime-node';

const session = await InferenceSession.create('exports/onnx/model.onnx');
const shape = [1, 28, 28, 1];
const data = Float32Array.from({ length: 28 * 28 }, (_, i) => Math.sin(i / 5));
const { output } = await session.run({ input: new Tensor('float32', data, shape) });
console.log(JSON.stringify({ data: [...data], shape, logits: [...output.data] }));
