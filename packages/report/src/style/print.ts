// On paper: white, nothing cut in two, nothing that only works on a screen.

export const print = `
@page { margin: 14mm; }
@media print {
  body { background: #fff; font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  nav, button { display: none !important; }
  section { margin-top: 1.6rem; }
  h1 { font-size: 18pt; } h2, h3, figcaption, .lead { break-after: avoid; }
  figure, .facts, .lines, tr { break-inside: avoid; }
  .pairs, .curves { grid-template-columns: 1fr 1fr; gap: .8rem; } div.thirds, div.multiples { grid-template-columns: 1fr 1fr 1fr; gap: .8rem; }
  .scroll { overflow: visible; }
  pre { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; columns: 2; }
  .code { border: 0; } .code pre { padding: 0; }
}
`;
