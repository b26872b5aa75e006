import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { openWasm } from '../src/wasm/index.ts';
for (const [hw,f,p,s] of [[[1,3],[1,2],"same",3],[[4,4],[2,2],"same",3],[[3,3],[1,1],"same",3],[[3,3],[1,1],"valid",3],[[4,4],[2,2],"valid",3]] as any){
for (const b of ['cpu','wasm']) { if(b==='wasm') await openWasm(); else await tf.setBackend('cpu');
 const x=tf.ones([1,...hw,1]) as any, k=tf.ones([...f,1,1]) as any;
 console.log(b, hw, f, p, s, 'fwd',[...tf.depthwiseConv2d(x,k,s,p).dataSync()].join(' '), 'dx',[...tf.grad((x:any)=>tf.depthwiseConv2d(x,k,s,p))(x).dataSync()].join(' '),'df',[...tf.grad((k:any)=>tf.depthwiseConv2d(x,k,s,p))(k).dataSync()].join(' '));
}}
