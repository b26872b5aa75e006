// Kinds of plugins in messages: a target, an optimizer.

/**
 * A noun behind "a" or "an".
 *
 * @example
 * ```ts
 * import { withArticle } from '@mapping-networks/core';
 * console.log(withArticle('target'), withArticle('optimizer')); // a target an optimizer
 * ```
 */
export const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
