// The whole style of the page: system fonts, two sets of colours, one column on a phone.

export const style = `
:root { color-scheme: light dark; --page: #fafaf8; --card: #fff; --text: #1c1d20; --muted: #63666e; --line: #e3e3df;
  --training: #8a93a6; --validation: #0b6bcb; --wrong: #b42318; --right: #1a7f4b; }
@media (prefers-color-scheme: dark) { :root { --page: #131417; --card: #1c1e22; --text: #e9e9ec; --muted: #a0a4ae;
  --line: #31343a; --training: #8a93a6; --validation: #62b0ff; --wrong: #ff8a80; --right: #5fd39a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; text-wrap: balance; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .6rem; }
p { margin: .35rem 0 1rem; max-width: 44rem; text-wrap: pretty; }
.muted { color: var(--muted); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.facts { display: flex; flex-wrap: wrap; gap: 1px; overflow: hidden; background: var(--line); margin: 1.25rem 0 0; }
.facts div { flex: 1 1 9.5rem; background: var(--card); padding: .8rem 1rem; }
.facts dt { color: var(--muted); font-size: .82rem; }
.facts dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.facts dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--muted); line-height: 1.35; }
.curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
.curve { margin: 0; padding: .9rem .8rem .4rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.curve figcaption { margin: 0 .3rem .4rem; font-size: .9rem; }
.curve figcaption b { display: inline-block; }
.curve figcaption b::first-letter { text-transform: uppercase; }
.curve svg { display: block; width: 100%; height: auto; overflow: visible; }
.key { color: var(--muted); font-size: .82rem; margin-left: .6rem; white-space: nowrap; }
.key::before { content: ""; display: inline-block; width: .9rem; height: .2rem; border-radius: 2px; margin-right: .3rem;
  vertical-align: middle; background: var(--training); }
.key.validation::before { background: var(--validation); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .92rem; }
th, td { padding: .45rem .9rem; text-align: right; border-bottom: 1px solid var(--line); }
td { white-space: nowrap; }
th { color: var(--muted); font-weight: 500; font-size: .88rem; }
th:first-child { text-align: left; }
thead th { color: var(--text); font-weight: 600; vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 0; }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr)); gap: .75rem .5rem; }
.samples figure { margin: 0; font-size: .82rem; line-height: 1.3; }
.samples img { width: 100%; height: auto; image-rendering: pixelated; border-radius: 6px; border: 2px solid var(--line); display: block; }
.samples .wrong img { border-color: var(--wrong); }
.samples figcaption { margin-top: .25rem; }
.samples figcaption span { color: var(--muted); white-space: nowrap; }
.right b { color: var(--right); } .wrong b { color: var(--wrong); }
.truth { display: block; }
details { margin-top: 2.25rem; }
summary { cursor: pointer; font-weight: 600; }
pre { overflow-x: auto; padding: 1rem; font: .82rem/1.45 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
@media (max-width: 30rem) { main { padding-top: 1.25rem; } h1 { font-size: 1.35rem; }
  .facts div { flex-basis: 40%; } .facts dd { font-size: 1.15rem; } table { font-size: .85rem; } th { font-size: .82rem; } th, td { padding: .4rem .4rem; }
  th:first-child { padding-left: .7rem; } td:last-child, th:last-child { padding-right: .7rem; }
  .samples { grid-template-columns: repeat(4, 1fr); } }
@media print { main { max-width: none; padding: 0; } .card, .curve, .samples figure { break-inside: avoid; } }
`;
