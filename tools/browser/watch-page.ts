// What went wrong on a page, and what it asked for elsewhere: tests expect both lists to be empty.
import type { Page } from 'playwright-core';

/** Filled while the page lives. */
export interface PageRecord {
  /** Errors and warnings of the console, uncaught errors, requests that failed. */
  readonly complaints: readonly string[];
  /** Requests to another origin than that of `origin`. */
  readonly external: readonly string[];
}

/** Records from now on. `origin` is the address that the page is served at. */
export const watchPage = (page: Page, origin: string): PageRecord => {
  const complaints: string[] = [];
  const external: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) =>
    complaints.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`),
  );
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const local = ['data:', 'blob:'].some((scheme) => request.url().startsWith(scheme));
    if (!local && !request.url().startsWith(origin)) external.push(request.url());
  });
  return { complaints, external };
};
