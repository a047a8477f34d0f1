/** Colours, type, and the frame of a page. Every pair of text and ground has a contrast of at least 4.5:1. */
export const BASE = `
@font-face{font-family:Inter;font-style:normal;font-weight:100 900;font-display:swap;src:url(/fonts/inter-latin-wght-normal.woff2) format("woff2")}
@font-face{font-family:"Inter Fallback";src:local("Arial"),local("Liberation Sans"),local("Helvetica Neue");ascent-override:90.44%;descent-override:22.52%;line-gap-override:0%;size-adjust:107.12%}
:root{
color-scheme:light dark;
--ground:light-dark(#f4f7f7,#0c0f0f);
--panel:light-dark(#ffffff,#161b1b);
--text:light-dark(#161d1d,#e2e6e6);
--muted:light-dark(#4a5757,#b3c1c1);
--line:light-dark(#cfdada,#334040);
--edge:light-dark(#6c7b7b,#879797);
--field:light-dark(#ffffff,#0f1414);
--primary:light-dark(#006a69,#79d5d4);
--primary-hover:light-dark(#00504f,#96f2f1);
--on-primary:light-dark(#ffffff,#003737);
--danger:light-dark(#93000a,#ffb4ab);
--danger-bg:light-dark(#ffdad6,#5c0007);
--on-danger:light-dark(#5c0007,#ffdad6);
--info-bg:light-dark(#d7efee,#12393a);
--on-info:light-dark(#00403f,#c5f1f0);
--warning-bg:light-dark(#ffe2b8,#4f2e00);
--on-warning:light-dark(#4a2a00,#ffe2b8);
--success-bg:light-dark(#c9f2d3,#0e4122);
--on-success:light-dark(#0b3d1e,#c9f2d3);
--shadow:light-dark(0 1px 2px rgb(0 40 40 / .06),0 1px 2px rgb(0 0 0 / .4)),light-dark(0 18px 48px -12px rgb(0 55 55 / .16),0 18px 48px -12px rgb(0 0 0 / .6));
--mono:ui-monospace,SFMono-Regular,"Cascadia Mono","Roboto Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*,::before,::after{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;background:var(--ground);color:var(--text);font:400 .9375rem/1.375rem Inter,"Inter Fallback",system-ui,sans-serif;-webkit-font-smoothing:antialiased}
h1{margin:0 0 8px;font-size:1.625rem;line-height:2rem;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h2{margin:0 0 4px;font-size:1rem;line-height:1.5rem;font-weight:600}
p{margin:0 0 12px;text-wrap:pretty}
a{color:var(--primary);text-underline-offset:3px}
a:hover{color:var(--primary-hover)}
code,kbd,.mono{font-family:var(--mono);font-size:.875em}
.lead{color:var(--muted);margin-bottom:24px}
.page{min-height:100vh;min-height:100dvh;display:grid;grid-template-rows:auto 1fr}
.side{padding:16px;color:var(--text)}
.side>:not(.brand){display:none}
.brand{display:inline-flex;align-items:center;gap:10px;color:inherit;text-decoration:none;font-weight:650;font-size:1.0625rem;letter-spacing:-.01em;border-radius:8px}
.brand:hover{color:inherit}
.mark{width:32px;height:32px;flex:none}
.content{display:grid;justify-items:center;align-items:start;padding:8px 16px 32px}
.panel{width:100%;max-width:440px}
@media (min-width:600px){
.side{padding:24px}
.content{align-items:center;padding:8px 24px 64px}
.panel{background:var(--panel);border:1px solid var(--line);border-radius:16px;padding:40px;box-shadow:var(--shadow)}
.page-wide .panel{max-width:560px}
}
@media (min-width:1024px){
.page{grid-template:1fr/minmax(360px,38%) 1fr}
.side{position:sticky;top:0;height:100vh;height:100dvh;overflow:hidden;display:flex;flex-direction:column;justify-content:space-between;padding:40px 48px;color:#e3fffe;background:#003737;background:radial-gradient(120% 90% at 0 0,light-dark(#00615f,#003f3e) 0,transparent 60%),linear-gradient(160deg,light-dark(#00504f,#012c2c),light-dark(#002a2b,#071212))}
.side>:not(.brand){display:block}
.brand .mark rect{fill:#ffffff1f}
.content{padding:48px}
}
.promise{position:relative;max-width:22rem;margin:0 0 auto;padding-top:72px;color:#c5e9e8}
.promise-title{font-size:2.25rem;line-height:2.625rem;font-weight:650;letter-spacing:-.025em;color:#fff;margin-bottom:12px;text-wrap:balance}
.promise p:last-child{font-size:1.0625rem;line-height:1.625rem}
.scene{position:absolute;right:-40px;bottom:0;width:min(560px,112%)}
.scene path{stroke-width:9}
.scene .lane{stroke:#ffffff29;stroke-width:2}
.scene .dash{stroke:#ffffff1f;stroke-width:2;stroke-dasharray:22 18}
.scene .post,.scene .foot{stroke:#c9f4f3;opacity:.92}
.scene .bar{stroke:#ffb960;stroke-width:17}
.scene .stripes{stroke:#003737;stroke-width:17;stroke-dasharray:26 34;stroke-dashoffset:-30;stroke-linecap:butt;opacity:.55}
.scene .lamp{fill:#ffb960}
`;
