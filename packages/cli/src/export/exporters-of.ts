// The exporters that --to names.
import { isPart, resolve, type Part, type Registry } from '@mapping-networks/core';
import { nothingPrecise, noExporter } from './errors.ts';
import { specOf } from './spec-of.ts';

export interface ExporterFlags {
  readonly to?: readonly string[] | undefined;
  readonly precision?: string | undefined;
}

/** `onnx,tfjs` are two, `onnx,onnx` is one; JSON is one. */
const namesIn = (text: string): readonly string[] =>
  /^\s*\{/.test(text) ? [text] : text.split(',').filter((name) => name.trim() !== '');

/** @throws CLI_NO_EXPORTER, CLI_NOTHING_PRECISE, CLI_BAD_SPEC, and what resolving throws */
export const exportersOf = (
  { to = [], precision }: ExporterFlags,
  registry: Registry,
): readonly Part<'exporter'>[] => {
  const specs = [...new Set(to.flatMap(namesIn))].map((text) => specOf('--to', text));
  if (specs.length === 0) throw noExporter(registry.list('exporter').map(({ name }) => name));
  const exporters = specs.map((spec) => resolve(registry, 'exporter', spec));
  if (precision === undefined) return exporters;
  const takes = ({ name }: { readonly name: string }): boolean =>
    'precision' in (registry.get('exporter', name).schema.properties ?? {});
  if (!exporters.some(takes)) {
    const takers = registry.list('exporter').filter(takes);
    throw nothingPrecise(
      exporters.map(({ name }) => name),
      takers.map(({ name }) => name),
    );
  }
  return exporters.map((exporter, i) => {
    const spec = specs[i];
    const options =
      typeof spec === 'object' && spec !== null && !isPart(spec) ? spec : { use: exporter.name };
    return takes(exporter) ? resolve(registry, 'exporter', { ...options, precision }) : exporter;
  });
};
