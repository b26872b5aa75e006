// What the help of a command says beyond its flags: exit codes, environment, files, what to read next.
import type { Section } from '../help.ts';

const codes = {
  0: 'done',
  1: 'failed; the message says why, --debug where',
  2: 'the command line or the config file is wrong; nothing was done',
  130: 'interrupted by Ctrl-C; what was learnt so far is in the run folder',
  143: 'the same, ended by SIGTERM',
} as const;

const exits = (...which: readonly (keyof typeof codes)[]): Section => ({
  title: 'Exit codes',
  entries: which.map((code) => [String(code), codes[code]]),
});

/** Of commands that write what they make at their end. */
const exitsAtOnce = (what: string): Section => ({
  title: 'Exit codes',
  entries: [...exits(0, 1, 2).entries, ['130', `interrupted by Ctrl-C, or by SIGTERM (143); ${what}`]],
});

const variables = {
  MAPPING_NETWORKS_DATA:
    'folder with datasets of your own, searched first: mnist and fashion-mnist in folders of these names',
  MAPPING_NETWORKS_CACHE: 'where downloads are kept (default: the cache folder of the platform)',
  HTTPS_PROXY: 'proxy for downloads; HTTP_PROXY and NO_PROXY likewise',
  NO_COLOR: 'no colours; FORCE_COLOR: colours in a pipe too; NO_COLOR wins',
  CI: 'plain lines instead of the live view; TERM=dumb likewise',
  LANG: 'a locale that is not one of UTF-8: the live view in ASCII; LC_ALL and LC_CTYPE win',
} as const;

type Variable = keyof typeof variables;

const environment = (...which: readonly Variable[]): Section => ({
  title: 'Environment',
  entries: which.map((name) => [name, variables[name]]),
});

const data: readonly Variable[] = ['MAPPING_NETWORKS_DATA', 'MAPPING_NETWORKS_CACHE', 'HTTPS_PROXY'];
const looks: readonly Variable[] = ['NO_COLOR', 'CI', 'LANG'];

const runFolder: Section = {
  title: 'Files (the run folder)',
  entries: [
    ['config.json', 'with latent.safetensors the network: all that using it needs'],
    ['latent.safetensors', 'the trained numbers'],
    ['record.json', 'the result, every epoch, the environment; there once the run is done'],
    ['run.json', 'the whole config, written before the first step: what resume reads'],
    ['log.jsonl', 'one line a step: loss, metrics, learning rate, norm of the latent'],
    ['checkpoints/', 'the latest states of the run, and the best on validation'],
  ],
};

const exportFolder: Section = {
  title: 'Files (in --out)',
  entries: [
    ['export.json', 'source, passes in their order, exports, and the figures of all of them'],
    ['onnx/, tfjs/, …', 'the files of each export; latent/ can be read like a run folder'],
  ],
};

const see = (...entries: readonly (readonly [string, string])[]): Section => ({ title: 'See also', entries });

const interruptible = [0, 1, 2, 130, 143] as const;

/** The sections of each command's help; a command that is not here has exit codes alone. */
const sections: Readonly<Record<string, readonly Section[]>> = {
  mapnet: [
    exits(...interruptible),
    environment(...data, ...looks),
    see(
      ['mapnet help COMMAND', 'everything about one command'],
      ['docs/', 'guides, and errors by their codes'],
    ),
  ],
  train: [
    exits(...interruptible),
    environment(...data, ...looks),
    runFolder,
    see(
      ['mapnet list KIND', 'what --target, --dataset, … may name, with the options that --set reaches'],
      ['mapnet init', 'write a config file'],
      ['mapnet resume RUN', 'go on with a run that was interrupted'],
    ),
  ],
  resume: [
    exits(...interruptible),
    environment(...data, ...looks),
    runFolder,
    see(['mapnet train', 'begin a run'], ['mapnet info RUN', 'what a run is']),
  ],
  eval: [
    exits(0, 1, 2),
    environment(...data),
    see(['mapnet report RUN', 'a page about the run, with pictures']),
  ],
  report: [exits(0, 1, 2), environment(...data), see(['mapnet eval RUN', 'the scores alone'])],
  export: [
    exitsAtOnce('nothing was exported'),
    environment(...data),
    exportFolder,
    see(
      ['mapnet list pass', 'passes and their options; mapnet list exporter likewise'],
      ['mapnet eval OUT/latent', 'measure what was exported as a latent'],
    ),
  ],
  sensitivity: [
    exitsAtOnce('no chart was written'),
    environment(...data),
    see(['mapnet export RUN --prune SHARE', 'prune a run, and write it for other runtimes']),
  ],
  predict: [exits(0, 1, 2), see(['mapnet info RUN', 'the size of picture that a run takes'])],
  info: [exits(0, 1, 2), runFolder, see(['mapnet eval RUN', 'measure the run again'])],
  list: [exits(0, 1, 2), see(['mapnet init', 'a config file that uses these names'])],
  init: [exits(0, 1, 2), see(['mapnet list', 'the names that a config may use'])],
  doctor: [exits(0, 1, 2), environment(...data)],
};

export const sectionsOf = (command: string): readonly Section[] => sections[command] ?? [exits(0, 1, 2)];
