// Follows redirects ourselves, so that they are few and stay on http and https.
import type { Ask, Reply } from './proxy.ts';

const MOST = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** `ask`, with redirects followed. Rejects when they go on, or lead elsewhere than to http(s). */
export const following =
  (ask: Ask): Ask =>
  async (url, init) => {
    let at = url;
    for (let hops = 0; hops <= MOST; hops++) {
      const reply = await ask(at, init);
      if (!REDIRECTS.has(reply.status)) return reply;
      await reply.body?.cancel();
      at = targetOf(reply, at);
    }
    throw new Error(`redirects more than ${MOST} times`);
  };

const targetOf = ({ status, headers }: Reply, from: string): string => {
  const location = headers.get('location');
  if (location === null || !URL.canParse(location, from)) {
    throw new Error(`HTTP status ${status} without a place to go to`);
  }
  const { protocol, href } = new URL(location, from);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Error(`redirects to ${protocol}, which is not http`);
  return href;
};
