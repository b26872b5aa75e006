// On paper: white, denser, nothing cut in two, nothing that only works on a screen.

export const print = `
@page { margin: 12mm 13mm; }
@media print {
  html { font-size: 8.5pt; }
  body { background: #fff; font-size: 1rem; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  nav, button { display: none !important; }
  section { margin-top: 1.8rem; }
  h2, h3, figcaption, .lead { break-after: avoid; } .lead { break-inside: avoid; max-width: none; margin-bottom: .7rem; }
  figure, .facts, .lines, tr { break-inside: avoid; }
  .pairs, .curves, div.thirds { grid-template-columns: 1fr 1fr; gap: .8rem; }
  div.thirds { grid-template-columns: 1fr 1fr 1fr; } div.multiples { grid-template-columns: repeat(4, 1fr); gap: .8rem; }
  .samples { grid-template-columns: repeat(8, 1fr); gap: .7rem; }
  .scroll { overflow: visible; }
  pre { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; columns: 3; }
  .code { border: 0; } .code pre { padding: 0; }
}
`;
