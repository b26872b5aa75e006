// A page that tells what it found by posting it: a way to ask any browser something, without a driver.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page that is being served. */
export interface AskingPage {
  readonly url: string;
  /** The body of the first POST from the page. */
  readonly answer: Promise<string>;
  close(): Promise<void>;
}

/**
 * Serves a page whose classic script leaves a value, or a promise of one, in `globalThis.answer`; it comes back as JSON, and
 * what the script throws as `{ error }`.
 */
export const serveAsking = async (script: string): Promise<AskingPage> => {
  const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>
    const tell = (value) => fetch('/', { method: 'POST', body: JSON.stringify(value) });
    addEventListener('error', ({ message }) => tell({ error: message }));
  </script><script src="/script.js"></script><script>
    Promise.resolve(globalThis.answer).then(tell, (error) => tell({ error: String(error) }));
  </script>`;
  let answered: (text: string) => void;
  const answer = new Promise<string>((resolve) => {
    answered = resolve;
  });
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.end();
        answered(Buffer.concat(chunks).toString());
      });
      return;
    }
    const asked = request.url === '/script.js';
    response.setHeader('content-type', asked ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(asked ? script : page);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
