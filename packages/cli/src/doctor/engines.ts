// Every engine that a config may name: whether it opens here, what it is, and whether it computes what it should.
import type { AnyPlugin, Engine, Registry } from '@mapping-networks/core';
import { defaultEngine } from 'mapping-networks';
import { messageOf, remedyOf } from '../usage-error.ts';
import { note, ok, problem, type Finding } from './finding.ts';
import { selfTest, TOLERANCE } from './self-test.ts';

/** @param chosen the engine that the config names */
export const engineFindings = async (
  registry: Registry,
  chosen: string = defaultEngine().name,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  // One after the other: TensorFlow.js has one current backend.
  for (const plugin of registry.list('engine')) findings.push(await engineFinding(registry, plugin, chosen));
  return findings;
};

const engineFinding = async (registry: Registry, plugin: AnyPlugin, chosen: string): Promise<Finding> => {
  const topic = `engine ${plugin.name}`;
  if ((plugin.schema.required ?? []).length > 0) return note(topic, 'not tried: it needs options');
  const broken = (fact: string, remedy?: string): Finding =>
    plugin.name === chosen ? problem(topic, fact, remedy) : note(topic, fact, remedy);
  try {
    const facts = await examine(registry.get('engine', plugin.name).parse({}).impl);
    if (facts.error > TOLERANCE) {
      return broken(
        `${facts.description}; a test step is off by ${facts.error.toExponential(1)}`,
        'Do not train on it; --engine names another one.',
      );
    }
    const uses = plugin.name === chosen ? ', used unless --engine says otherwise' : '';
    return ok(topic, `${facts.description}${threadsOf(facts)}; a test step gives the right numbers${uses}`);
  } catch (cause) {
    const remedy = remedyOf(cause);
    const message = messageOf(cause);
    return broken(remedy === undefined ? message : message.replace(` ${remedy}`, ''), remedy);
  }
};

interface EngineFacts {
  readonly description: string;
  readonly threads: number | undefined;
  readonly error: number;
}

const threadsOf = ({ threads }: EngineFacts): string =>
  threads === undefined ? '' : `, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;

const examine = async (engine: Engine): Promise<EngineFacts> => {
  const session = await engine.open();
  try {
    const { description, threads } = session;
    return { description, threads, error: await selfTest(session) };
  } finally {
    session.dispose();
  }
};
