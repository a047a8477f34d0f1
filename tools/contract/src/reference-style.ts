/** The style of the reference: system fonts, both colour schemes, nothing fetched. The server allows it by its hash. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1b1f, #e5e1e6); --quiet: light-dark(#5c5b63, #aaa7b0);
  --page: light-dark(#fdfbff, #131316); --panel: light-dark(#f2f0f7, #1f1e24); --line: light-dark(#dcd9e2, #3a3840);
  --accent: light-dark(#3d4fb0, #b7c4ff); --get: light-dark(#0b6b3a, #7bdba0); --post: light-dark(#3d4fb0, #b7c4ff);
  --patch: light-dark(#8a5300, #ffb95c); --delete: light-dark(#b3261e, #ffb4ab); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; }
.frame { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 88rem; margin: auto; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem 3rem 1.5rem; border-right: 1px solid var(--line);
  font-size: .875rem; }
nav h2 { font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; color: var(--quiet); margin: 1.4rem 0 .3rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .2rem 0; text-decoration: none; color: inherit; }
nav a:hover { text-decoration: underline; }
main { padding: 1.5rem clamp(1rem, 3vw, 3rem) 6rem; min-width: 0; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.15rem; margin: 2.5rem 0 .4rem; }
h4 { font-size: .95rem; margin: 1.2rem 0 .3rem; color: var(--quiet); }
p, ul { max-width: 46rem; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; margin: .3rem 0 1rem; }
.call { display: flex; flex-wrap: wrap; gap: .6rem; align-items: baseline; background: var(--panel); border: 1px solid var(--line);
  border-radius: 8px; padding: .5rem .8rem; overflow-wrap: anywhere; }
.method { font-weight: 700; } .get { color: var(--get); } .post { color: var(--post); } .patch, .put { color: var(--patch); }
.delete { color: var(--delete); }
.self { text-decoration: none; color: var(--quiet); margin-left: .4rem; }
.facts { color: var(--quiet); font-size: .9rem; }
.scroll { overflow-x: auto; margin: .3rem 0 1rem; }
table { border-collapse: collapse; min-width: 100%; font-size: .875rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-top: 1px solid var(--line); font-weight: 400; }
thead th { font-weight: 600; border-top: 0; }
em { font-style: normal; font-size: .75rem; color: var(--delete); }
details { margin: .3rem 0; } summary { cursor: pointer; font-weight: 600; font-size: .95rem; }
@media (max-width: 60rem) { .frame { display: block; } nav { position: static; height: auto; border-right: 0;
  border-bottom: 1px solid var(--line); padding: 1rem; } }
@media print { nav { display: none; } .frame { display: block; } }
`;
