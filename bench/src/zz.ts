import { againstOnnx } from '/work/main/bench/src/against-onnx.ts';
console.log(await againstOnnx('/tmp/onnxvenv/bin/python', process.argv[2]));
