// TypeScript where the runtime reads none. Configs may import `mapping-networks` where only this command is installed,
// as with npx: they get the copy that the command itself uses.
import { createJiti } from 'jiti';
import { fileURLToPath } from 'node:url';

/** The default export of the module at `path`. */
export const importByJiti = async (path: string): Promise<unknown> => {
  const alias = { 'mapping-networks': fileURLToPath(import.meta.resolve('mapping-networks')) };
  const module = await createJiti(import.meta.url, { fsCache: false, alias }).import<{ default?: unknown }>(
    path,
  );
  return module.default;
};
