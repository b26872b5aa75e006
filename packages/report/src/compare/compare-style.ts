// What a comparison adds to the style of a report.
import { colourStyle } from './colours.ts';

export const compareStyle: string = `${colourStyle}
.common { padding: .8rem 1rem; } .common details { margin: .6rem 0 0; } .common .shared { padding: 0; }
.shared { display: flex; flex-wrap: wrap; gap: .15rem 1.4rem; padding: .8rem 1rem; margin: 0; font-size: .9rem; }
.shared div { display: flex; gap: .45rem; }
.shared dt { color: var(--muted); }
.shared dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.badge { display: inline-block; min-width: 1.35rem; padding: 0 .3rem; margin-right: .45rem; border-radius: 5px; text-align: center;
  font-size: .8rem; line-height: 1.35rem; font-weight: 700; color: var(--page); background: var(--c); print-color-adjust: exact; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem 1.3rem; margin: 0 0 .8rem; padding: 0; font-size: .9rem; }
.legend li { display: flex; align-items: center; }
.legend .stroke { margin-right: .5rem; flex: none; }
.compare th[scope=row], .tests th[scope=row] { white-space: nowrap; color: var(--text); position: sticky; left: 0; background: var(--card); }
.compare small, .tests small { font-weight: 400; color: var(--muted); }
.compare th, .compare td { padding-inline: .55rem; }
.compare thead th small { display: inline-block; }
.compare .option { text-align: left; }
.tests thead tr:first-child th[colspan] { text-align: center; }
.open { display: block; max-width: 12rem; white-space: normal; }
@media (max-width: 34rem) { .compare th[scope=row] { white-space: normal; min-width: 6.8rem; max-width: 8.5rem; overflow-wrap: anywhere; line-height: 1.3; }
  .compare td, .compare thead th { padding-inline: .4rem; } .legend { display: block; } .legend li { margin: .3rem 0; } }
.verdicts { padding-left: 1.1rem; margin: .4rem 0 .9rem; max-width: 52rem; }
.verdicts li { margin: .3rem 0; }
.warning { border-left: 3px solid var(--wrong); padding-left: .8rem; }
section > h3 { margin: 1.6rem 0 .4rem; }
.chart .end { paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
@media print { details:not([open])::details-content { content-visibility: visible; block-size: auto; } .compare :is(th, td), .tests :is(th, td) { font-size: 7pt; padding: .25rem; white-space: normal; }
  .compare th[scope=row] { overflow-wrap: anywhere; }
  .compare .badge { font-size: 7pt; line-height: 1.2; min-width: 1rem; margin-right: .3rem; } }
`;
