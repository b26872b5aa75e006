// A part written without types may lack what its contract names. That is a law of its own, and the laws that read
// those members are made only where it holds: making a suite never throws.
import { wrongValue } from '../errors.ts';
import { law, type Law } from '../law.ts';

type MemberType = 'array' | 'function' | 'number' | 'object' | 'string';

/** The members of a contract with their types; `?` after the type of one that an implementation can do without. */
export type Members<T> = Readonly<Partial<Record<keyof T & string, MemberType | `${MemberType}?`>>>;

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
    for (const [member, type] of Object.entries(members)) {
      const expected = String(type);
      const received = typeOf(Reflect.get(owner, member));
      const fits = expected.endsWith('?') ? [expected.slice(0, -1), 'undefined'] : [expected];
      if (!fits.includes(received))
        throw wrongValue(
          `${what}: member '${member}'`,
          fits.join(' or '),
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
