import type { Problem } from './problem';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in elements and quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** What a browser shows when a server-rendered page failed: no script, no style of its own, nothing but the facts. */
export function errorPage(problem: Problem): string {
  const { title, detail, request_id: requestId } = problem.body;
  const sentence = detail === title ? '' : `<p>${escapeHtml(String(detail))}</p>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${problem.status} · Tollgate</title></head>
<body><main><h1>${escapeHtml(String(title))}</h1>${sentence}
<p>Request <code>${escapeHtml(String(requestId))}</code></p>
<p><a href="/">Go to the start</a></p></main></body>
</html>`;
}
