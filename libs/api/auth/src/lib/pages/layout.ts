import { createHash } from 'node:crypto';
import { SCRIPT } from './assets/script';
import { STYLES } from './assets/styles';
import { markup, Markup, type Value } from './markup';

const versionOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Files of the pages; the address changes with the content, so they are kept for ever. */
export const ASSETS = {
  styles: { path: '/sign-in/assets/pages.css', type: 'text/css; charset=utf-8', text: STYLES },
  script: { path: '/sign-in/assets/pages.js', type: 'text/javascript; charset=utf-8', text: SCRIPT },
} as const;

const STYLES_URL = `${ASSETS.styles.path}?v=${versionOf(STYLES)}`;
const SCRIPT_URL = `${ASSETS.script.path}?v=${versionOf(SCRIPT)}`;

/** The barrier of the product's sign. */
export const MARK = new Markup(
  '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">' +
    '<rect width="32" height="32" rx="7" fill="#00504f"/>' +
    '<path d="M7 25V10.5A2.5 2.5 0 0 1 12 10.5V25" fill="none" stroke="#e3fffe" stroke-width="2.4" stroke-linecap="round"/>' +
    '<path d="M12 14.2 26 9.4" stroke="#ffb960" stroke-width="3.4" stroke-linecap="round"/>' +
    '<path d="M5.5 25h9" stroke="#e3fffe" stroke-width="2.4" stroke-linecap="round"/></svg>',
);

/** The same motif, large, for the side of the page. */
const SCENE = new Markup(
  '<svg class="scene" viewBox="0 0 480 360" aria-hidden="true" focusable="false">' +
    '<g fill="none" stroke-linecap="round">' +
    '<path class="lane" d="M-40 330H520"/>' +
    '<path class="dash" d="M-20 348H520"/>' +
    '<path class="post" d="M92 330V150a26 26 0 0 1 52 0v180"/>' +
    '<path class="foot" d="M66 330h104"/>' +
    '<path class="bar" d="M144 208 452 102"/>' +
    '<path class="stripes" d="M144 208 452 102"/>' +
    '</g>' +
    '<circle class="lamp" cx="118" cy="176" r="9"/>' +
    '</svg>',
);

export interface PageFrame {
  readonly title: string;
  /** Names the step to screen readers and in the tab: `Step 2 of 5`. */
  readonly step?: string | undefined;
  readonly body: Value;
  /** Beside the body on wide screens: the scene unless told. */
  readonly aside?: Value;
  readonly wide?: boolean;
  /** False for a page that has nothing to do for one. */
  readonly script?: boolean;
}

const PROMISE = markup`<div class="promise">
<p class="promise-title">A gate with a meter</p>
<p>Proves who somebody is, and accounts for every proof.</p>
</div>`;

/** A whole page. It works without script and without styles; both only make it nicer. */
export function layout(frame: PageFrame): string {
  const title = frame.step === undefined ? frame.title : `${frame.title}, ${frame.step.toLowerCase()}`;
  return markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Tollgate</title>
<link rel="icon" type="image/svg+xml" href="/favicon.svg">
<link rel="stylesheet" href="${STYLES_URL}">
${frame.script !== false && markup`<script src="${SCRIPT_URL}"></script>`}
</head>
<body>
<div class="page${frame.wide === true ? ' page-wide' : ''}">
<aside class="side">
<a class="brand" href="/">${MARK}<span>Tollgate</span></a>
${frame.aside ?? markup`${PROMISE}${SCENE}`}
</aside>
<main class="content" id="content">
<div class="panel">
${frame.body}
</div>
</main>
</div>
</body>
</html>`.text;
}
