// How a mirror is asked: by the global fetch; or, where the environment names a proxy, by that of undici, since Node's
// own heeds proxies only from 24 on and only when told to. undici is imported then and never before.
import { badProxy } from '../errors.ts';
import type { Environment } from './folders.ts';

/** What is used of a response. */
export interface Reply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: (AsyncIterable<Uint8Array> & { cancel(): Promise<void> }) | null;
}

/** A GET request; redirects are given back as they come. */
export type Ask = (
  url: string,
  init: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
) => Promise<Reply>;

/** A way to ask, until it is closed. */
export interface Connection {
  readonly ask: Ask;
  /** The proxies of the environment as messages show them, without names and passwords; empty without any. */
  readonly proxies: readonly string[];
  close(): Promise<void>;
}

const REDIRECT = { redirect: 'manual' } as const;

/**
 * A connection by the proxies that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, lower case first; without HTTPS_PROXY,
 * HTTP_PROXY serves both.
 *
 * @throws DATASETS_BAD_PROXY
 */
export const openConnection = async (env: Environment): Promise<Connection> => {
  const proxies = proxiesOf(env);
  if (proxies.length === 0) {
    return { ask: (url, init) => fetch(url, { ...init, ...REDIRECT }), proxies: [], close: async () => {} };
  }
  const { EnvHttpProxyAgent, fetch: fetchBy } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: hrefOf(proxies, 'http_proxy'),
    httpsProxy: hrefOf(proxies, 'https_proxy'),
    noProxy: named(env, 'NO_PROXY')?.value ?? '',
    // http:// is asked of the proxy itself, as curl does: many refuse a tunnel to port 80.
    proxyTunnel: false,
  });
  return {
    ask: (url, init) => fetchBy(url, { ...init, ...REDIRECT, dispatcher }),
    proxies: proxies.map(({ variable, shown }) => `${variable}=${shown}`),
    close: () => dispatcher.destroy(),
  };
};

const named = (env: Environment, name: string): { name: string; value: string } | undefined => {
  for (const each of [name.toLowerCase(), name]) {
    const value = env[each];
    if (value) return { name: each, value };
  }
  return undefined;
};

const hrefOf = (proxies: readonly Proxy[], variable: string): string =>
  proxies.find((proxy) => proxy.variable.toLowerCase() === variable)?.href ?? '';

/** A proxy that the environment names. */
export interface Proxy {
  /** The variable that names it. */
  readonly variable: string;
  /** Its URL, with the password that may be in it. */
  readonly href: string;
  /** Its URL for people: without name and password. */
  readonly shown: string;
}

/**
 * The proxies that downloads use: those of `http_proxy` and `https_proxy`, in lower or upper case, lower case first.
 *
 * @throws DATASETS_BAD_PROXY when a value is not the URL of an HTTP proxy
 * @example
 * ```ts
 * import { proxiesOf } from '@mapping-networks/datasets/node';
 * const [proxy] = proxiesOf({ HTTPS_PROXY: 'http://ann:secret@proxy:3128' });
 * console.log(proxy?.variable, proxy?.shown); // HTTPS_PROXY http://proxy:3128
 * ```
 */
export const proxiesOf = (env: Environment): readonly Proxy[] =>
  ['HTTP_PROXY', 'HTTPS_PROXY'].flatMap((name) => {
    const found = named(env, name);
    if (found === undefined) return [];
    // `proxy:8080` is common, and means http.
    const text = found.value.includes('://') ? found.value : `http://${found.value}`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol)) throw badProxy(found.name);
    return [{ variable: found.name, href: url.href, shown: `${url.protocol}//${url.host}` }];
  });
