// Tables: numbers to the right, names to the left, a heat map for the confusion matrix. Wide ones scroll by themselves.

export const tables = `
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { padding: .42rem .7rem; text-align: right; border-bottom: 1px solid var(--line); }
td { white-space: nowrap; }
th { color: var(--muted); font-weight: 500; font-size: .88rem; }
th:first-child, .word { text-align: left; }
thead th { color: var(--text); font-weight: 600; vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 0; }
tfoot > tr > * { border-top: 1px solid var(--muted); border-bottom: 0; font-weight: 600; color: var(--text); }
.card.scroll :is(th, td):first-child { padding-left: 1.1rem; } .card.scroll :is(th, td):last-child { padding-right: 1.1rem; }
abbr { text-decoration: none; } .none { color: var(--muted); }
figure.table table { font-size: .88rem; } figure.table th { font-size: .84rem; }
figure.table table th:first-child { padding-left: 0; }
.scores td, .scores th, .confused td, .confused th { padding-block: .3rem; }
td.bar { background: linear-gradient(to right, var(--validation) calc(var(--full) * 100%), var(--line) 0)
  no-repeat .35rem calc(100% - 1px) / calc(100% - .7rem) 3px; }
.confusion { table-layout: auto; border-collapse: separate; border-spacing: 2px; width: auto; min-width: 100%; }
.confusion caption { caption-side: top; text-align: left; color: var(--muted); font-size: .82rem; padding-bottom: .3rem; }
.confusion th, .confusion td { border: 0; padding: .3rem .2rem; text-align: center; }
.confusion th[scope=row] { text-align: right; padding: 0 .45rem 0 0; max-width: 8rem; color: var(--text); }
.confusion thead th { vertical-align: bottom; font-weight: 500; }
.confusion.long thead span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 8rem; white-space: nowrap; }
.confusion tbody td { min-width: 1.9rem; height: 2rem; border-radius: 3px; line-height: 1; }
.confusion .hit { background: color-mix(in srgb, var(--right) calc(var(--heat) * var(--full)), var(--card)); font-weight: 600; }
.confusion .miss { background: color-mix(in srgb, var(--wrong) calc(var(--heat) * var(--full)), var(--card)); }
figure.table .confusion.many { font-size: .74rem; } .confusion.many tbody td { min-width: 1.5rem; height: 1.6rem; padding: .15rem; }
figure.table { container-type: inline-size; }
@media (max-width: 34rem) { table { font-size: .85rem; } th { font-size: .82rem; } th, td { padding: .38rem .35rem; }
  .card.scroll :is(th, td):first-child { padding-left: .85rem; } .card.scroll :is(th, td):last-child { padding-right: .85rem; } }
@container (max-width: 25rem) {
  figure.table table { font-size: .8rem; } figure.table th { font-size: .78rem; } figure.table :is(th, td) { padding-inline: .3rem; }
  figure.table .confusion { font-size: .7rem; border-spacing: 1px; } figure.table .confusion :is(th, td) { padding: .2rem .05rem; }
  figure.table .confusion th { font-size: .7rem; } .confusion tbody td { min-width: 1.42rem; height: 1.75rem; }
  figure.table .confusion th[scope=row] { padding-right: .3rem; max-width: 5rem; }
}
`;
