// Proxies of the environment: what goes through them, what goes by them, and that passwords stay with them.
import { createHash, randomBytes } from 'node:crypto';
import { createServer, request as requestBy } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { download } from '../src/idx/download.ts';
import type { OfficialFile } from '../src/idx/image-set.ts';
import { openConnection } from '../src/idx/proxy.ts';
import { smallSet, temporaryFolder } from './idx-fixtures.ts';
import { listening, resumable, serve, unreachableMirror } from './mirrors.ts';
import { downloading } from './processes.ts';
import { selfSigned } from './self-signed.ts';

const content = new Uint8Array(randomBytes(100_000));
const file: OfficialFile = {
  name: 'file.gz',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};
const { info } = smallSet([], {});

interface Proxy {
  readonly host: string;
  /** `GET url` of what was forwarded, `CONNECT host:port` of what was tunnelled. */
  readonly seen: string[];
}

/** A proxy that forwards http and tunnels https; with `auth`, for those who know it. */
const proxy = async (auth?: string): Promise<Proxy> => {
  const seen: string[] = [];
  const known = (header: string | undefined): boolean =>
    auth === undefined || header === `Basic ${Buffer.from(auth).toString('base64')}`;
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (!known(request.headers['proxy-authorization'])) return void response.writeHead(407).end();
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const onward = requestBy(request.url ?? '', { headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end()).end();
  });
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    if (!known(request.headers['proxy-authorization'])) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    }
    const [host, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) end.on('error', () => (onward.destroy(), socket.destroy()));
  });
  return { host: new URL(await listening(server)).host, seen };
};

const files = { [file.name]: content };
const fetched = async (mirror: string, env: Record<string, string>): Promise<string> =>
  download({ info, mirrors: [mirror] }, file, await temporaryFolder(), {}, env, {
    stallMs: 5_000,
    attempts: 1,
    pauseMs: 1,
  }).then(
    () => 'done',
    (error: unknown) => String(error),
  );

describe('http goes through a proxy', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])('that %s names', async (variable) => {
    const [{ url }, { host, seen }] = [await serve(resumable(files)), await proxy()];
    expect(await fetched(url, { [variable]: `http://${host}` })).toBe('done');
    expect(seen).toEqual([`GET ${url}${file.name}`]);
  });

  test('named without http://, with a name and a password', async () => {
    const [{ url }, { host, seen }] = [await serve(resumable(files)), await proxy('ann:s%cret')];
    expect(await fetched(url, { HTTP_PROXY: `ann:s%25cret@${host}` })).toBe('done');
    expect(seen).toHaveLength(1);
  });

  test('of the name in lower case, where both are set', async () => {
    const [{ url }, { host, seen }] = [await serve(resumable(files)), await proxy()];
    const HTTP_PROXY = await unreachableMirror();
    expect(await fetched(url, { http_proxy: `http://${host}/`, HTTP_PROXY })).toBe('done');
    expect(seen).toHaveLength(1);
  });

  test('after a redirect too', async () => {
    const [{ url }, { host, seen }] = [await serve(resumable(files)), await proxy()];
    const front = await serve((_, response) => response.writeHead(302, { location: url + file.name }).end());
    expect(await fetched(front.url, { HTTP_PROXY: `http://${host}` })).toBe('done');
    expect(seen).toEqual([`GET ${front.url}${file.name}`, `GET ${url}${file.name}`]);
  });
});

test.each(['*', '127.0.0.1', 'example.com, 127.0.0.1'])('NO_PROXY=%s goes by it', async (NO_PROXY) => {
  const [{ url }, { host, seen }] = [await serve(resumable(files)), await proxy()];
  for (const name of ['NO_PROXY', 'no_proxy']) {
    expect(await fetched(url, { HTTP_PROXY: `http://${host}`, [name]: NO_PROXY })).toBe('done');
  }
  expect(seen).toEqual([]);
});

test('empty variables are none', async () => {
  const { url } = await serve(resumable(files));
  expect(await fetched(url, { HTTP_PROXY: '', https_proxy: '', NO_PROXY: '' })).toBe('done');
});

test('https is tunnelled, and its certificate is checked at the other end', async () => {
  const certificate = selfSigned();
  const server = createTlsServer({ ...certificate }, resumable(files));
  const url = await listening(server, 'https');
  const { host, seen } = await proxy('ann:secret');
  const folder = await temporaryFolder({ 'ca.pem': Buffer.from(certificate.cert) });
  const HTTPS_PROXY = `http://ann:secret@${host}`;
  const trusting = { HTTPS_PROXY, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  expect(await downloading(folder, url, file, { HTTPS_PROXY }).printed).toContain('self-signed certificate');
  expect(await downloading(folder, url, file, trusting).printed).toContain('done');
  expect(seen.every((line) => line === `CONNECT ${new URL(url).host}`)).toBe(true);
  expect(seen.length).toBeGreaterThanOrEqual(2);
});

describe('a proxy that fails', () => {
  test.each([
    ['is not there', async () => new URL(await unreachableMirror()).host, 'ECONNREFUSED'],
    ['wants another password', async () => (await proxy('bob:other')).host, '407'],
  ])('and %s is named, its password is not', async (_, start, words) => {
    const { url } = await serve(resumable(files));
    const host = await start();
    const message = await fetched(url, { HTTP_PROXY: `http://ann:secret@${host}` });
    expect(message).toContain(words);
    expect(message).toContain(`By the proxy of the environment: HTTP_PROXY=http://${host}.`);
    expect(message).not.toMatch(/secret|ann/);
  });

  test.each(['ftp://proxy:21', 'http://', 'socks5://secret@proxy:1080', 'http://a b'])(
    'to be the URL of a proxy, %s, is refused',
    async (https_proxy) => {
      const error = await openConnection({ https_proxy }).catch((cause: unknown) => cause);
      expect(error).toMatchObject({
        code: 'DATASETS_BAD_PROXY',
        message: expect.stringMatching(/variable https_proxy does not hold the URL/) as string,
      });
      expect(String(error)).not.toContain('secret');
    },
  );
});
