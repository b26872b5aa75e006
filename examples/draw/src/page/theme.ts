// Light or dark: what the system says, until the button says otherwise. Kept for the next visit.
import { byId } from './by-id.ts';

const KEY = 'theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Starts the button; `changed` is told whenever colours are others. */
export const startTheme = (changed: () => void): void => {
  const button = byId('theme', HTMLButtonElement);
  let chosen = localStorage.getItem(KEY);
  const show = (): void => {
    if (chosen !== null) document.documentElement.dataset['theme'] = chosen;
    button.setAttribute('aria-pressed', String((chosen ?? (system.matches ? 'dark' : 'light')) === 'dark'));
    changed();
  };
  button.addEventListener('click', () => {
    chosen = button.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
    localStorage.setItem(KEY, chosen);
    show();
  });
  system.addEventListener('change', show);
  show();
};
