// A part written without types may lack what its contract names. That is a law of its own, and the laws that read
// those members are made only where it holds: making a suite never throws.
import { wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';

type MemberType = 'array' | 'function' | 'number' | 'object';

/** Every member of a contract that an implementation cannot do without, with its type. */
export type Members<T> = Readonly<Partial<Record<keyof T & string, MemberType>>>;

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** The law that `implementation` has its members, then `laws()` if it has. */
export const withMembers = <T extends object>(
  what: string,
  implementation: () => T,
  members: Members<T>,
  laws: () => readonly Law[],
): readonly Law[] => {
  const check = (): void => {
    const owner: object = implementation();
    for (const [member, expected] of Object.entries(members)) {
      const received = typeOf(Reflect.get(owner, member));
      if (received !== expected)
        throw wrongValue(
          `${what}: member '${member}'`,
          expected,
          received,
          'Give all that the contract names.',
        );
    }
  };
  const complete = law(`${what} has every member of its contract`, check);
  try {
    check();
  } catch {
    return [complete];
  }
  return [complete, ...laws()];
};
