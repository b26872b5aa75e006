// Every format that is attacked.
import type { Format } from '../oracle/attack.ts';
import { bundle } from './bundle.ts';
import { bundleByExport } from './bundle-by-export.ts';
import { bundleByRuntime } from './bundle-by-runtime.ts';
import { bundleFolder } from './bundle-folder.ts';
import { checkpoint } from './checkpoint.ts';
import { gzip } from './gzip.ts';
import { idx } from './idx.ts';
import { png } from './png.ts';
import { runFiles } from './run-files.ts';
import { runLog } from './run-log.ts';
import { safetensors } from './safetensors.ts';
import { weights } from './weights.ts';

export const FORMATS: readonly Format[] = [
  idx,
  gzip,
  png,
  safetensors,
  bundle,
  bundleByRuntime,
  bundleByExport,
  bundleFolder,
  weights,
  checkpoint,
  ...runFiles,
  runLog,
];
