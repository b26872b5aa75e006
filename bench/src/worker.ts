// A process that does one contestant's work: started with the contestant as JSON, told by lines on its input.
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { engineOf, isEngine } from './engines.ts';
import { prepareEvaluation } from './exercises/evaluation.ts';
import { prepareCanonical, prepareGeneration, prepareMapping } from './exercises/generation.ts';
import type { Prepared } from './exercises/prepared.ts';
import { prepareTraining } from './exercises/training.ts';
import type { Contestant } from './contestants.ts';
import type { Answer, Request } from './messages.ts';

const say = (answer: Answer): void => {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
};

const prepare = async ({ engine: name, threads, exercise }: Contestant): Promise<Prepared> => {
  if (exercise.type === 'generation' && name === 'canonical') return prepareCanonical(exercise.parameters);
  if (!isEngine(name)) throw new Error(`There is no engine '${name}' for ${exercise.type}.`);
  const engine = await engineOf(name, threads);
  switch (exercise.type) {
    case 'training':
      return prepareTraining(exercise, engine);
    case 'evaluation':
      return prepareEvaluation(exercise.network, engine);
    case 'mapping':
      return prepareMapping(exercise.network, engine);
    case 'generation':
      return prepareGeneration(exercise.parameters, engine);
  }
};

const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const obey = async ({ run }: Prepared): Promise<void> => {
  for await (const line of createInterface({ input: process.stdin })) {
    const request: Request = JSON.parse(line);
    if (request.type === 'end') break;
    const cpuBefore = processorSeconds();
    const ms = await run(request.count);
    await setTimeout(request.restMs);
    say({ type: 'times', ms: [...ms], cpuBefore, cpuAfter: processorSeconds() });
  }
  // Node counts kilobytes of 1,024.
  say({ type: 'peak', mb: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6) });
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const contestant: Contestant = JSON.parse(process.argv[2] ?? '');
try {
  const prepared = await prepare(contestant);
  const { firstMs, threads } = prepared;
  say({ type: 'ready', firstMs, ...(threads !== undefined && { threads }) });
  await obey(prepared);
} catch (error) {
  say({ type: 'skip', reason: reasonOf(error) });
}
// A training run that waits for its next turn would never end by itself.
process.stdout.write('', () => process.exit(0));
