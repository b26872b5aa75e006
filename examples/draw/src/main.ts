// The page: tabs, theme, the pad with the network that came with the page, and the tab that trains another.
import { fetchBundle } from './network/fetch-bundle.ts';
import { byId } from './page/by-id.ts';
import { showTab, startTabs } from './page/tabs.ts';
import { startTheme } from './page/theme.ts';
import { startTrainTab } from './train/train-tab.ts';
import { startDrawTab } from './views/draw-tab.ts';

startTabs();
const draw = startDrawTab();
startTheme(draw.repaint);

const back = byId('shipped', HTMLButtonElement);
startTrainTab(async (files) => {
  await draw.use(files);
  back.hidden = false;
  showTab('tab-draw');
  byId('tab-draw', HTMLButtonElement).focus();
});

const start = async (): Promise<void> => {
  const shipped = await fetchBundle();
  await draw.use(shipped);
  back.addEventListener('click', async () => {
    await draw.use(shipped);
    back.hidden = true;
  });
};

start().catch((error: Error) => {
  byId('network-name', HTMLParagraphElement).textContent = error.message;
});
