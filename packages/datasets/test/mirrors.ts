// Mirrors on this machine: what downloads are tested against, with every fault that a server can have.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request that a mirror got. */
export interface Asked {
  readonly name: string;
  readonly headers: IncomingMessage['headers'];
}

export interface Mirror {
  readonly url: string;
  readonly asked: Asked[];
}

const portOf = (server: NetServer): number => (server.address() as AddressInfo).port;

/** Starts a server on a free port of this machine until the test is over. */
export const listening = async (server: Server, protocol = 'http'): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${protocol}://127.0.0.1:${portOf(server)}/`;
};

export const serve = async (listener: RequestListener): Promise<Mirror> => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    asked.push({ name: (request.url ?? '').slice(1), headers: request.headers });
    listener(request, response);
  });
  return { url: await listening(server), asked };
};

/** Files by name, whole, whatever range is asked for. */
export const serving =
  (files: Readonly<Record<string, Uint8Array>>): RequestListener =>
  (request, response) => {
    const content = files[(request.url ?? '').slice(1)];
    response.writeHead(content ? 200 : 404, content && { 'content-length': content.length }).end(content);
  };

/** The first byte of the range that is asked for; 0 without one. */
export const rangeStart = ({ headers }: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);

/** A well-behaved answer: the range that is asked for, if it is of this version. */
export const answer = (
  request: IncomingMessage,
  response: ServerResponse,
  content: Uint8Array,
  etag = '"one"',
): Uint8Array => {
  const condition = request.headers['if-range'];
  const first = condition === undefined || condition === etag ? rangeStart(request) : 0;
  const rest = content.subarray(first);
  const range = { 'content-range': `bytes ${first}-${content.length - 1}/${content.length}` };
  response.writeHead(first > 0 ? 206 : 200, { etag, 'content-length': rest.length, ...(first > 0 && range) });
  return rest;
};

/** Well-behaved, with ranges. */
export const resumable =
  (files: Readonly<Record<string, Uint8Array>>): RequestListener =>
  (request, response) => {
    const content = files[(request.url ?? '').slice(1)];
    if (content) response.end(answer(request, response, content));
    else response.writeHead(404).end();
  };

/** Sends so many bytes, and cuts the connection. */
export const cutting =
  (files: Readonly<Record<string, Uint8Array>>, bytes: number): RequestListener =>
  (request, response) => {
    const content = files[(request.url ?? '').slice(1)] ?? new Uint8Array();
    const rest = answer(request, response, content);
    if (rest.length <= bytes) response.end(rest);
    else response.write(rest.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };

/** Answers one after the other; the last one stays. */
export const inTurn = (...listeners: readonly RequestListener[]): RequestListener => {
  let turn = 0;
  return (request, response) => listeners[Math.min(turn++, listeners.length - 1)]?.(request, response);
};

/** Where a server was and is no more. */
export const unreachableMirror = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
};
