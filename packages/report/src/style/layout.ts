// Letters, distances, cards: system fonts, one rhythm of spaces, one column on a phone.

export const layout = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: break-word;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 70rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 .2rem; }
h3 { font-size: 1rem; line-height: 1.4; margin: 0; }
h3 small { font-weight: 400; color: var(--muted); font-size: .82rem; margin-left: .25rem; }
p { margin: .35rem 0 1rem; max-width: 44rem; text-wrap: pretty; }
small { font-size: .82rem; }
a { color: var(--validation); }
section { margin-top: 3rem; scroll-margin-top: 1rem; }
h2 + :not(p) { margin-top: .8rem; }
.lead, .muted, figcaption p { color: var(--muted); }
.lead { margin: 0 0 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
figure.card { margin: 0; padding: 1rem 1.1rem .8rem; min-width: 0; display: flex; flex-direction: column; }
figcaption p { margin: .1rem 0 .7rem; font-size: .88rem; line-height: 1.45; max-width: none; }
.pairs, .thirds, .multiples, .curves { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
div.thirds { grid-template-columns: repeat(auto-fill, minmax(min(100%, 20.5rem), 1fr)); }
div.multiples { grid-template-columns: repeat(auto-fill, minmax(min(100%, 15.5rem), 1fr)); }
.notice { max-width: none; margin: 1rem 0 0; padding: .7rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--wrong);
  border-radius: 6px; background: var(--card); }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; list-style: none; margin: 1rem 0 0; padding: 0; font-size: .9rem; }
nav a { text-decoration: none; display: inline-block; padding: .15rem 0; }
nav a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--validation); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.facts { display: grid; grid-template-columns: repeat(var(--wide), minmax(0, 1fr)); gap: 1px; overflow: hidden;
  margin: 1.5rem 0 0; }
.facts div { box-shadow: 0 0 0 1px var(--line); padding: .85rem 1.1rem; }
.facts dt { color: var(--muted); font-size: .82rem; }
.facts dd { margin: 0; font-size: 1.4rem; line-height: 1.35; font-weight: 600; letter-spacing: -.01em; }
.facts dd small { display: block; font-weight: 400; color: var(--muted); line-height: 1.35; letter-spacing: 0; }
.small-facts { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .3rem 2.6rem; margin: 0; padding: .7rem 1.1rem; font-size: .92rem; }
.small-facts div { display: flex; gap: .3rem .8rem; align-items: baseline; }
.small-facts dt { color: var(--muted); font-size: .88rem; }
.small-facts dd { margin: 0; font-weight: 600; }
.small-facts small { font-weight: 400; color: var(--muted); }
.lines { margin: 0; padding: .3rem 1.1rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); column-gap: 2.5rem; }
.lines div { display: flex; justify-content: space-between; gap: 1rem; padding: .4rem 0; font-size: .92rem; }
.lines dt { color: var(--muted); }
.lines dd { margin: 0; text-align: right; min-width: 0; overflow-wrap: anywhere; }
.lines small { color: var(--muted); }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.9rem, 1fr)); gap: 1rem .8rem; }
.samples figure { margin: 0; font-size: .84rem; line-height: 1.35; min-width: 0; }
.samples img { width: 100%; height: auto; image-rendering: pixelated; border-radius: 6px; border: 1px solid var(--line); display: block; }
.samples figcaption { margin-top: .3rem; }
.samples figcaption span { color: var(--muted); white-space: nowrap; }
.samples .truth { display: block; white-space: normal; }
.samples.named b { display: block; }
.right b { color: var(--right); } .wrong b { color: var(--wrong); }
.wrong img { border-color: var(--wrong); }
details { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; }
.code { position: relative; }
pre { margin: 0; padding: 1rem 1.1rem; max-height: 32rem; overflow: auto; tab-size: 2;
  font: .8rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
pre b { font-weight: 400; color: var(--validation); }
button { position: absolute; top: .6rem; right: .9rem; font: inherit; font-size: .85rem; padding: .25rem .8rem; cursor: pointer;
  color: var(--text); background: var(--page); border: 1px solid var(--line); border-radius: 6px; }
button:hover { border-color: var(--muted); }
button[hidden] { display: none; }
@media (max-width: 60rem) { .facts { grid-template-columns: repeat(var(--narrow), minmax(0, 1fr)); } }
@media (max-width: 34rem) {
  main { padding: 1.5rem 1rem 3rem; } h1 { font-size: 1.4rem; } section { margin-top: 2.4rem; }
  figure.card { padding: .85rem .85rem .6rem; }
  .facts { grid-template-columns: 1fr 1fr; } .facts div:last-child:nth-child(odd) { grid-column: span 2; } .facts div { padding: .7rem .85rem; } .facts dd { font-size: 1.15rem; }
  .samples { grid-template-columns: repeat(4, 1fr); gap: .8rem .5rem; } .samples figure { font-size: .78rem; }
  .small-facts { display: block; padding: .6rem .85rem; } .small-facts div { justify-content: space-between; }
  .small-facts dd { text-align: right; }
}
`;
