// The parts of datasets that need a file system or a network.
export { cacheFolder, dataFolder, type Environment } from './idx/folders.ts';
export { proxiesOf, type Proxy } from './idx/proxy.ts';
