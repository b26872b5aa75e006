// Wrong uses that must not compile. tsc checks this file: an unused @ts-expect-error is an error itself.
import {
  createRegistry,
  definePlugin,
  hadamard,
  mapping,
  type Part,
  type Plugin,
  type PluginDefinition,
  type SpecInput,
} from '@mapping-networks/core';
import { z } from 'zod';
import { everything, first, pipeline, ramp, stride } from './plugins/sampler.ts';

// Right uses, so that the wrong ones below are wrong for the reason given.
stride();
stride({});
stride({ stride: 3, window: { from: 1 } });
first({ count: 3 });
everything();
everything({});
pipeline({ sampler: stride(), warmup: ramp({ start: 0 }), stages: [ramp(), ramp()] });
mapping({ latentDim: 8, projection: hadamard() });

// @ts-expect-error a misspelt option
stride({ strid: 3 });
// @ts-expect-error a misspelt option beside a right one
stride({ stride: 3, wieghts: [1] });
// @ts-expect-error a misspelt option inside an option
stride({ window: { from: 1, till: 2 } });
// @ts-expect-error a misspelt option of a plugin with a required one
mapping({ latentDim: 8, projektion: hadamard() });
// @ts-expect-error an option where there are none
everything({ stride: 3 });
// @ts-expect-error a wrong type
stride({ stride: 'three' });
// @ts-expect-error a wrong literal
mapping({ latentDim: 8, strategy: 'many' });
// @ts-expect-error a required option is missing
first({});
// @ts-expect-error all options are missing
first();
// @ts-expect-error a required slot is missing
pipeline({ label: 'a' });
// @ts-expect-error a part of another kind in a slot
pipeline({ sampler: ramp() });
// @ts-expect-error a part of another kind in a slot with a default
mapping({ latentDim: 8, projection: ramp() });
// @ts-expect-error a plugin where its part is due
pipeline({ sampler: stride });
// @ts-expect-error a name where values are due
pipeline({ sampler: 'stride' });
// @ts-expect-error one part where a list is due
pipeline({ sampler: stride(), stages: ramp() });
// @ts-expect-error a list with a part of another kind
pipeline({ sampler: stride(), stages: [ramp(), stride()] });
// @ts-expect-error more than one argument
stride({}, {});

const part = stride();
part.options.stride satisfies number;
part.name satisfies 'stride';
part satisfies Part<'sampler'>;
// @ts-expect-error parts do not change
part.options.stride = 4;
// @ts-expect-error a part of one kind is none of another
part satisfies Part<'schedule'>;
// @ts-expect-error no such option
void part.options.strid;
// @ts-expect-error no such kind
part satisfies Part<'sampler2'>;

// Specs: what a config may write, from the plugins that it lists.
const registry = createRegistry([stride, first, everything, ramp, pipeline]);
type Listed = (typeof registry)['plugins'][number];
const sampler = (spec: SpecInput<Listed, 'sampler'>): unknown => spec;
const schedule = (spec: SpecInput<Listed, 'schedule'>): unknown => spec;

sampler('stride');
sampler({ use: 'stride' });
sampler({ use: 'stride', stride: 3 });
sampler({ use: 'first', count: 3 });
sampler({ use: 'everything' });
sampler(stride());
schedule({
  use: 'pipeline',
  sampler: 'stride',
  warmup: { use: 'ramp', start: 0 },
  stages: ['ramp', { use: 'ramp' }, ramp()],
});

/** What an editor offers after the first quotation mark. */
type Names = Extract<SpecInput<Listed, 'sampler'>, string>;
const names: Record<Names, 1> = { stride: 1, first: 1, everything: 1 };
names satisfies Record<'stride' | 'first' | 'everything', 1>;

// @ts-expect-error an unknown name
sampler('strid');
// @ts-expect-error an unknown name under `use`
sampler({ use: 'strid' });
// @ts-expect-error a name of another kind
sampler('ramp');
// @ts-expect-error a plugin that is not listed
sampler({ use: 'hadamard' });
// @ts-expect-error a misspelt option
sampler({ use: 'stride', strid: 3 });
// @ts-expect-error an option of another plugin
sampler({ use: 'stride', count: 3 });
// @ts-expect-error an option where there are none
sampler({ use: 'everything', count: 3 });
// @ts-expect-error a wrong type
sampler({ use: 'stride', stride: 'three' });
// @ts-expect-error a required option is missing
sampler({ use: 'first' });
// @ts-expect-error an object without a name
sampler({ stride: 3 });
// @ts-expect-error a part of another kind
sampler(ramp());
// @ts-expect-error a name of another kind in a slot
schedule({ use: 'pipeline', sampler: 'ramp' });
// @ts-expect-error a misspelt option inside a slot
schedule({ use: 'pipeline', sampler: { use: 'stride', strid: 3 } });
// @ts-expect-error one name where a list is due
schedule({ use: 'pipeline', sampler: 'stride', stages: 'ramp' });

// @ts-expect-error the registry has no such kind
registry.get('smapler', 'stride');
registry.get('sampler', 'stride').parse({}) satisfies Part<'sampler'>;

// Definitions.
interface Options {
  readonly depth: number;
  readonly warmup: Part<'schedule'>;
}
const define = (
  definition: PluginDefinition<'schedule', 'deep', Options>,
): Plugin<'schedule', 'deep', Partial<Options>, Options> => definePlugin(definition);
const create = () => ({ factor: () => 1 });
const named = { kind: 'schedule', name: 'deep', summary: '' } as const;
const options = z.strictObject({ depth: z.int().default(1) });

const warmup = { kind: 'schedule' } as const;

const deep = define({ ...named, create, options, slots: { warmup } });
deep({ depth: 2 }).options.warmup satisfies Part<'schedule'>;
define({ ...named, create, options, slots: { warmup: { kind: 'schedule', default: () => ramp() } } });

// @ts-expect-error a slot is not declared
define({ ...named, create, options, slots: {} });
// @ts-expect-error a slot is declared with another kind
define({ ...named, create, options, slots: { warmup: { kind: 'sampler' } } });
// @ts-expect-error a single slot is declared as a list
define({ ...named, create, options, slots: { warmup: { kind: 'schedule', many: true } } });
// @ts-expect-error the default of a slot has another kind
define({ ...named, create, options, slots: { warmup: { kind: 'schedule', default: () => stride() } } });
// @ts-expect-error the schema makes another type than the options declare
define({ ...named, create, options: z.strictObject({ depth: z.string() }), slots: { warmup } });
// @ts-expect-error the schema leaves an option out
define({ ...named, create, options: z.strictObject({}), slots: { warmup } });
// @ts-expect-error the implementation does not keep the contract of its kind
define({ ...named, create: () => ({ factor: 1 }), options, slots: { warmup } });
// @ts-expect-error a plugin of another name
define({ ...named, name: 'shallow', create, options, slots: { warmup } });
