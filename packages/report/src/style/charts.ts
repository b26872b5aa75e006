// How charts look. An SVG is scaled to its card, and its letters with it; container queries keep them one size.

export const charts = `
.chart { container-type: inline-size; }
.chart svg { display: block; width: 100%; height: auto; max-width: 38rem; overflow: visible; margin: auto auto 0; font-family: inherit;
  font-size: 15.5px; --plot-background: var(--card); color: var(--muted); }
@container (min-width: 20rem) { .chart svg { font-size: 14.5px; } }
@container (min-width: 24rem) { .chart svg { font-size: 12.5px; } }
@container (min-width: 29rem) { .chart svg { font-size: 11.5px; } }
@container (min-width: 36rem) { .chart svg { font-size: 10px; } }
.chart.small svg { font-size: 15px; }
@container (min-width: 14rem) { .chart.small svg { font-size: 13px; } }
@container (min-width: 19rem) { .chart.small svg { font-size: 11px; } }
.chart .end { font-weight: 600; }
.key { display: inline-block; white-space: nowrap; margin-right: 1rem; }
.key::before { content: ""; display: inline-block; width: 1.2rem; vertical-align: .28em; margin-right: .4rem;
  border-top: 2px solid var(--training); }
.key.initial::before { border-top-style: dashed; }
.key.trained::before, .key.validation::before { border-top-color: var(--validation); }
.keys { font-size: .84rem; margin: .1rem 0 .3rem; color: var(--muted); }
.key-box { margin-right: 1rem; } .key-box::before { content: ""; display: inline-block; width: .7rem; height: .7rem; border-radius: 2px;
  margin-right: .35rem; background: color-mix(in srgb, var(--right) 55%, var(--card)); }
.key-box.wrong::before { background: var(--wrong); }
.key .number { color: var(--text); }
.curve { margin: 0; padding: 1rem 1.1rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  container-type: inline-size; }
.curve svg { display: block; width: 100%; height: auto; overflow: visible; font-size: 12.5px; }
.curve figcaption { margin: 0 0 .5rem; }
`;
