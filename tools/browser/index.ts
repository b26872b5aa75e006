// Browser tests: a Chromium or a Firefox that is installed already, a server for a folder or for a page that answers, and a
// record of what a page complained about. The project installs no browser; where none is found, tests skip themselves and
// say so in their names.
export { chromiumPath, inChromium } from './chromium.ts';
export { firefoxPath, inFirefox } from './firefox.ts';
export { openChromium } from './open-chromium.ts';
export { openFirefox, type OpenFirefox } from './open-firefox.ts';
export { runOnnx, serveOnnx } from './onnx-page.ts';
export { serveAsking, type AskingPage } from './serve-asking.ts';
export { serveFolder, type ServedFolder } from './serve-folder.ts';
export { watchPage, type PageRecord } from './watch-page.ts';
