import { run } from '@mapping-networks/cli';

const { stdout, stderr } = process;
console.log(await run(['list', 'projection'], { stdout, stderr, folder: process.cwd() })); // 0
