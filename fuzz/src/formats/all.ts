// Every format that is attacked.
import type { Format } from '../oracle/attack.ts';
import { bundle } from './bundle.ts';
import { gzip } from './gzip.ts';
import { idx } from './idx.ts';
import { png } from './png.ts';
import { safetensors } from './safetensors.ts';

export const FORMATS: readonly Format[] = [idx, gzip, safetensors, bundle, png];
