import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { openWasm } from '../src/wasm/index.ts';
const orig = ()=>tf.getKernel('BatchMatMul','wasm')!;
import '@tensorflow/tfjs-backend-wasm';
const o=orig();
await tf.setBackend("wasm"); await openWasm();
const be:any=tf.backend(); const mine=tf.getKernel('BatchMatMul','wasm')!;
for (const n of [[512,512,512],[2048,256,64],[144,15488,32],[128,800,128]] as any) { const a=tf.randomNormal([n[0],n[1]]), b=tf.randomNormal([n[1],n[2]]);
 const bests=[1e9,1e9];
 for(let i=0;i<15;i++) [o,mine].forEach((k,j)=>{const t=performance.now(); const r:any=k.kernelFunc({inputs:{a,b},backend:be,attrs:{transposeA:false,transposeB:false}} as any); const d=performance.now()-t; be.disposeData(r.dataId); bests[j]=Math.min(bests[j]!,d)});
 console.log(n.join('x'), bests.map(x=>(2*n[0]*n[1]*n[2]/x/1e6).toFixed(1)).join(' '));
}
