// Tabs as the ARIA practices have them: arrow keys move between tabs, Tab goes on into the panel.

const tabs = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role="tab"]')];

/** Shows one tab and its panel. */
export const showTab = (id: string): void => {
  for (const tab of tabs()) {
    const selected = tab.id === id;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls') ?? '')?.toggleAttribute('hidden', !selected);
  }
};

/** Starts them. */
export const startTabs = (): void => {
  const all = tabs();
  for (const [i, tab] of all.entries()) {
    tab.addEventListener('click', () => showTab(tab.id));
    tab.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      const next = all[(i + step + all.length) % all.length];
      if (step === 0 || !next) return;
      showTab(next.id);
      next.focus();
    });
  }
};
