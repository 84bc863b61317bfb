/** The style of the page. No `style` attribute exists in it, so that the policy can name this text by its hash alone. */
export const style = `
:root {
  color-scheme: light dark;
  --bg: #f6f7f9; --panel: #ffffff; --line: #dfe3e8; --text: #1c2430; --dim: #5b6675; --accent: #2456c7; --code: #f0f2f6;
  --pass: #14703f; --fail: #b8222d; --error: #8338bf; --warn: #855300; --inconclusive: #0a617e; --unsupported: #667080;
  --fail-soft: #fdecee; --warn-soft: #fff5e0; --shadow: 0 1px 2px rgb(16 24 40 / 6%);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #12161c; --panel: #1a2029; --line: #2d3642; --text: #e4e9f0; --dim: #9aa6b5; --accent: #86aeff; --code: #232b36;
    --pass: #57c98c; --fail: #ff7b85; --error: #cf9bff; --warn: #f0b64d; --inconclusive: #5fc6e8; --unsupported: #98a4b3;
    --fail-soft: #37202a; --warn-soft: #352b1a; --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4.5rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); }
code, pre, .method { font-family: var(--mono); font-size: 0.87em; }
code { overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.25rem; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 0.75rem; }
h3 { font-size: 0.95rem; margin: 1.25rem 0 0.4rem; }
h4 { font-size: 0.85rem; margin: 0 0 0.35rem; }
h2 .dim, h3 .dim { font-weight: 400; font-size: 0.85em; }
.dim { color: var(--dim); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--panel); padding: 0.5rem 1rem; z-index: 9; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
header.top, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem; }
header.top { padding-top: 2rem; }
.target { margin: 0; color: var(--dim); overflow-wrap: anywhere; }
.sentence { font-size: 1.05rem; margin: 1rem 0; padding: 0.75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-left: 4px solid var(--pass); border-radius: 8px; box-shadow: var(--shadow); }
.sentence.sentence { color: var(--text); }
.sentence.pass strong { color: var(--pass); } .sentence.fail strong { color: var(--fail); } .sentence.warn strong { color: var(--warn); } .sentence.error strong { color: var(--error); }
.sentence.fail { border-left-color: var(--fail); }
.sentence.warn { border-left-color: var(--warn); }
.sentence.error { border-left-color: var(--error); }
.sentence ul { margin: 0.4rem 0 0; padding-left: 1.2rem; font-size: 0.9rem; color: var(--dim); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 0; }
.cards > div { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 0.7rem 0.9rem; box-shadow: var(--shadow); }
.cards dt { color: var(--dim); font-size: 0.8rem; }
.cards dd { margin: 0.1rem 0 0; font-size: 1.3rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.cards dd small { display: block; font-size: 0.8rem; font-weight: 400; color: var(--dim); }
.verdicts { margin: 0.75rem 0 0; }
.bar { display: block; width: 100%; height: 10px; border-radius: 5px; overflow: hidden; margin: 0.75rem 0 0.5rem; background: var(--line); }
rect.pass { fill: var(--pass); } rect.fail { fill: var(--fail); } rect.warn { fill: var(--warn); }
rect.error { fill: var(--error); } rect.inconclusive { fill: var(--inconclusive); } rect.unsupported { fill: var(--unsupported); }
nav.bar-nav { position: sticky; top: 0; z-index: 5; background: color-mix(in srgb, var(--bg) 92%, transparent); backdrop-filter: blur(6px); border-bottom: 1px solid var(--line); margin-top: 1.25rem; }
nav.bar-nav > div { max-width: 78rem; margin: 0 auto; padding: 0.5rem 1.25rem; display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: center; }
nav.bar-nav a { text-decoration: none; font-size: 0.9rem; padding: 0.15rem 0; }
nav.bar-nav a:hover { text-decoration: underline; }
.filter { margin-left: auto; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; }
.filter input { font: inherit; font-size: 0.9rem; padding: 0.3rem 0.6rem; width: 15rem; max-width: 100%; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
.filter button, .copy, .raw { font: inherit; font-size: 0.8rem; padding: 0.2rem 0.55rem; color: var(--text); background: var(--panel); border: 1px solid var(--line); border-radius: 999px; cursor: pointer; }
.filter button[aria-pressed="false"] { opacity: 0.45; text-decoration: line-through; }
.pill { display: inline-flex; gap: 0.3rem; align-items: center; justify-content: center; min-width: 7.8rem; flex: none; padding: 0.05rem 0.55rem; border-radius: 999px; border: 1px solid currentColor; font-size: 0.78rem; font-weight: 600; white-space: nowrap; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .error { color: var(--error); }
.warn { color: var(--warn); } .inconclusive { color: var(--inconclusive); } .unsupported { color: var(--unsupported); }
.card, .row { color: var(--text); background: var(--panel); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 0.5rem; box-shadow: var(--shadow); }
.row { border-radius: 0; margin: 0; border-top-width: 0; box-shadow: none; }
.group > .row:nth-of-type(1), h2 + .row { border-top-width: 1px; border-radius: 8px 8px 0 0; }
.row:last-child { border-radius: 0 0 8px 8px; }
.card.finding { border-left-width: 4px; }
.card.finding.fail { border-left-color: var(--fail); }
.card.finding.warn { border-left-color: var(--warn); }
.card.finding.error { border-left-color: var(--error); }
summary { cursor: pointer; display: flex; gap: 0.7rem; align-items: center; padding: 0.55rem 0.9rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::after { content: "›"; color: var(--dim); margin-left: 0.2rem; transition: transform 0.12s; font-size: 1.2rem; line-height: 1; }
details[open] > summary::after { transform: rotate(90deg); }
summary:hover { background: color-mix(in srgb, var(--accent) 5%, transparent); }
.card > summary { align-items: flex-start; }
.card > summary .pill { min-width: 5rem; margin-top: 0.1rem; }
.what { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.gist { display: block; color: var(--dim); font-size: 0.88rem; }
q { quotes: none; color: var(--text); font-family: var(--mono); font-size: 0.92em; }
.times { margin-left: auto; color: var(--dim); font-size: 0.85rem; white-space: nowrap; }
.known { font-size: 0.75rem; border: 1px dashed var(--dim); color: var(--dim); border-radius: 4px; padding: 0 0.35rem; }
.body { padding: 0.25rem 0.9rem 0.9rem; }
.card > .body { border-top: 1px solid var(--line); padding-top: 0.6rem; }
.row.operation summary, .row.coverage summary, .row.stream summary { padding-block: 0.35rem; }
.path { flex: 1; min-width: 0; }
.figures { margin-left: auto; color: var(--dim); font-size: 0.85rem; text-align: right; font-variant-numeric: tabular-nums; }
.exercised { display: inline-flex; gap: 0.6rem; font-size: 0.78rem; white-space: nowrap; }
.mark.done { color: var(--pass); } .mark.open { color: var(--dim); }
.tally { display: inline-flex; gap: 0.6rem; font-size: 0.85rem; font-variant-numeric: tabular-nums; justify-content: flex-end; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.legend b { font-size: 1.05rem; }
.row.operation .tally { min-width: 8rem; }
.row.operation .exercised { min-width: 8.5rem; justify-content: flex-end; }
.count { display: inline-flex; gap: 0.2rem; }
.method { display: inline-block; min-width: 4.2em; text-align: center; font-weight: 700; font-size: 0.72rem; padding: 0.1rem 0.3rem; border-radius: 4px; background: var(--code); color: var(--dim); }
.method.get { color: var(--inconclusive); } .method.post { color: var(--pass); } .method.delete { color: var(--fail); } .method.put, .method.patch { color: var(--warn); }
dl { margin: 0 0 0.75rem; }
.body dl > div, #run dl > div { display: grid; grid-template-columns: 8rem 1fr; gap: 0.75rem; padding: 0.15rem 0; }
.body dt, #run dt { color: var(--dim); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.expected { color: var(--pass); font-family: var(--mono); font-size: 0.9em; }
.actual { color: var(--fail); font-family: var(--mono); font-size: 0.9em; }
.choices { margin: 0; padding: 0; list-style: none; font-size: 0.9em; max-height: 16rem; overflow: auto; }
.links { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; max-height: 9rem; overflow: auto; }
pre { margin: 0 0 0.5rem; padding: 0.6rem 0.75rem; background: var(--code); border-radius: 6px; overflow: auto; max-height: 24rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
.panes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0.75rem; margin-top: 0.75rem; }
.panes section { min-width: 0; }
.silent { color: var(--fail); }
.copyable { position: relative; }
.copyable pre { padding-right: 4.5rem; }
.copy { position: absolute; top: 0.4rem; right: 0.4rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.87rem; background: var(--panel); }
caption { text-align: left; color: var(--dim); font-size: 0.82rem; padding: 0.2rem 0; }
th, td { text-align: left; padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
td code { overflow-wrap: anywhere; }
tbody td:first-child code { overflow-wrap: normal; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
.coverage td:first-child { white-space: nowrap; }
.coverage td.wide { width: 99%; min-width: 16rem; }
.coverage td.wide code { overflow-wrap: anywhere; }
.remarks { display: block; color: var(--dim); font-size: 0.92em; }
.coverage th, .coverage td { padding-inline: 0.45rem; }

.coverage td.edge, .coverage th.edge { border-left: 1px solid var(--line); }
.coverage thead th[colspan] { text-align: center; }
thead th { color: var(--dim); font-weight: 600; font-size: 0.8rem; white-space: nowrap; }
tbody th { font-weight: 400; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.bad { color: var(--fail); font-weight: 700; } td.zero { color: var(--dim); }
.scroll { overflow: auto; border: 1px solid var(--line); border-radius: 8px; }
.checks { width: auto; min-width: 20rem; margin-bottom: 0.75rem; }
.empty { padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
[hidden] { display: none !important; }
.timeline { margin-top: 0.75rem; }
.timeline table { font-size: 0.82rem; }
.timeline td, .timeline th { border-bottom: 0; padding: 0.16rem 0.5rem; white-space: nowrap; vertical-align: middle; }
.timeline caption { padding: 0.5rem 0.75rem 0; }
.timeline .data { font-family: var(--mono); color: var(--dim); width: 99%; max-width: 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.timeline tr:hover td { background: color-mix(in srgb, var(--accent) 5%, transparent); }
.timeline .lane { position: relative; width: 2.4rem; min-width: 2.4rem; padding: 0; }
.timeline th.lane { height: 6.5rem; vertical-align: bottom; white-space: nowrap; overflow: visible; }
.timeline th.lane span { position: absolute; bottom: 0.3rem; left: 50%; transform-origin: left bottom; transform: rotate(-52deg); font-size: 0.75rem; max-width: 8.5rem; overflow: hidden; text-overflow: ellipsis; }
.timeline td.through::before, .timeline td.first::before, .timeline td.last::before { content: ""; position: absolute; left: calc(50% - 1px); width: 2px; top: 0; bottom: 0; background: color-mix(in srgb, var(--accent) 35%, var(--panel)); }
.timeline td.first::before { top: 50%; } .timeline td.last::before { bottom: 50%; } .timeline td.first.last::before { display: none; }
.timeline td.on::after { content: ""; position: absolute; left: calc(50% - 5px); top: calc(50% - 5px); width: 10px; height: 10px; border-radius: 50%; background: var(--accent); box-shadow: 0 0 0 2px var(--panel); }
.timeline tr.bad td { background: var(--fail-soft); }
.timeline tr.bad td.on::after { background: var(--fail); border-radius: 2px; rotate: 45deg; }
.timeline tr.violation td { background: var(--fail-soft); color: var(--fail); white-space: normal; vertical-align: top; }
.timeline tr.violation td:last-child { padding-bottom: 0.6rem; }
.timeline tr.violation.SHOULD td { background: var(--warn-soft); color: var(--warn); }
.timeline tr.gap td { text-align: center; color: var(--dim); font-style: italic; }
.timeline tr.bytes pre { margin: 0.2rem 0 0.4rem; }
footer { color: var(--dim); font-size: 0.85rem; padding-block: 2.5rem; }
@media (max-width: 46rem) {
  .row.operation summary, .row.coverage summary, .row.stream summary { flex-wrap: wrap; }
  .path { flex-basis: 60%; } .figures { margin-left: 0; text-align: left; }
  .body dl > div, #run dl > div { grid-template-columns: 1fr; gap: 0; }
  .card > summary { flex-wrap: wrap; } .card > summary .what { flex-basis: 100%; order: 3; }
  .filter { margin-left: 0; width: 100%; } .filter input { flex: 1; }
}
@media print { nav.bar-nav, .copy, .raw { display: none; } body { background: #fff; } }
`;
