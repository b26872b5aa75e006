import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { openWasm } from '../src/wasm/index.ts';
await openWasm();
const rel=(a:any,b:any)=>{let m=0,s=0;for(let i=0;i<a.length;i++){m=Math.max(m,Math.abs(a[i]-b[i]));s=Math.max(s,Math.abs(b[i]));}return m/(s||1)};
async function cmp(name:string,f:()=>any){const r:any={};for(const b of ['cpu','wasm']){await tf.setBackend(b);r[b]=f().map((t:any)=>t.dataSync())}console.log(name, r.cpu.map((c:any,i:number)=>rel(r.wasm[i],c).toExponential(1)).join(' '))}
const rn=(s:number[],seed:number)=>tf.randomNormal(s,0,1,'float32',seed);
for(const [m,k,n] of [[5,7,9],[1,300,20],[30,600,10],[3,4,1],[9,9,3],[64,16,24]] as any) for (const ta of [false,true]) for (const tb of [false,true])
 await cmp(`mm ${m} ${k} ${n} ${ta} ${tb}`,()=>[tf.matMul(rn(ta?[k,m]:[m,k],1) as any,rn(tb?[n,k]:[k,n],2) as any,ta,tb)]);
await cmp('bmm bc',()=>[tf.matMul(rn([2,1,4,5],1),rn([3,5,6],2))]);
for (const p of ['same','valid'] as const) for (const s of [1,2,3]) for (const [kh,kw] of [[3,3],[1,1],[2,3]] as any)
 await cmp(`conv ${p} ${s} ${kh}x${kw}`,()=>{const g=tf.grads((x:any,f:any)=>tf.conv2d(x,f,s,p)); const x=rn([2,8,9,3],1),f=rn([kh,kw,3,10],2); const y=tf.conv2d(x as any,f as any,s,p); return [y,...g([x,f],rn(y.shape,3))]});
for (const p of ['same','valid'] as const) for (const s of [1,2,3]) for (const k of [2,3]) await cmp(`pool ${p} ${s} ${k}`,()=>{const x=tf.floor(tf.mul(rn([2,8,9,3],1),2));const y=tf.maxPool(x as any,k,s,p);return [y,tf.grad((x:any)=>tf.maxPool(x,k,s,p))(x,rn(y.shape,3))]});
await cmp('gather',()=>[tf.grad((x:any)=>tf.gather(x,tf.tensor1d([0,3,3,1],'int32')))(rn([5,3],1),rn([4,3],2))]);
await tf.setBackend('wasm');
for (const n of [[512,512,512],[2048,256,64],[144,15488,32],[128,800,128]] as any) { const a=tf.randomNormal([n[0],n[1]]), b=tf.randomNormal([n[1],n[2]]);
 const at=tf.randomNormal([n[1],n[0]]), bt=tf.randomNormal([n[2],n[1]]);
 for (const [l,f] of [['NN',()=>tf.matMul(a as any,b as any)],['TN',()=>tf.matMul(at as any,b as any,true)],['NT',()=>tf.matMul(a as any,bt as any,false,true)]] as any) {
 let best=1e9; for(let i=0;i<12;i++){const t=performance.now(); f().dispose(); best=Math.min(best,performance.now()-t);} console.log(n.join('x'),l,best.toFixed(2),'ms',(2*n[0]*n[1]*n[2]/best/1e6).toFixed(1),'GF'); } }
for (const [s,fs,p] of [[[128,28,28,1],[3,3,1,16],'valid'],[[128,13,13,16],[3,3,16,32],'valid'],[[128,28,28,1],[3,3,1,32],'same'],[[128,14,14,32],[3,3,32,64],'same'],[[128,7,7,64],[3,3,64,128],'same'],[[128,7,7,128],[3,3,128,128],'same']] as any) {
 const x=tf.randomNormal(s), f=tf.randomNormal(fs); const y=tf.conv2d(x as any,f as any,1,p); let fl=2*y.size*fs[0]*fs[1]*fs[2];
 const E=tf.engine() as any;
 for (const [l,g] of [['fwd',()=>tf.conv2d(x as any,f as any,1,p)],['bin',()=>tf.conv2dTranspose(y as any,f as any,s,1,p)],['filt',()=>E.runKernel('Conv2DBackpropFilter',{x,dy:y},{strides:1,pad:p,dataFormat:'NHWC',filterShape:fs})]] as any) {
 let best=1e9; for(let i=0;i<8;i++){const t=performance.now(); g().dispose(); best=Math.min(best,performance.now()-t);} console.log(s.join(),fs.join(),l,best.toFixed(2),'ms',(fl/best/1e6).toFixed(1),'GF'); } 
}
const x=tf.randomNormal([128,26,26,16]);
const pp=tf.maxPool(x as any,2,2,'valid');
for(let i=0;i<6;i++){const t=performance.now();(tf.engine() as any).runKernel('MaxPoolGrad',{dy:pp,input:x,output:pp},{filterSize:2,strides:2,pad:'valid'}).dispose(); console.log('pg',performance.now()-t)}
console.log(tf.memory().numTensors);
