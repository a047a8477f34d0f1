import { Injectable } from '@nestjs/common';
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

/** A page without script. `title` is text, `body` is HTML that is safe. */
export interface ErrorPageParts {
  readonly title: string;
  readonly body: string;
}

const plainPage = ({ title, body }: ErrorPageParts): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)} · Tollgate</title></head>
<body><main>${body}</main></body>
</html>`;

/** What a browser shows when a server-rendered page failed: nothing but the facts, in the frame of the other pages. */
@Injectable()
export class ErrorPages {
  private frame: (parts: ErrorPageParts) => string = plainPage;

  /** Whoever serves pages lends their frame; without one the page is plain. */
  framedBy(frame: (parts: ErrorPageParts) => string): void {
    this.frame = frame;
  }

  render({ status, body }: Problem): string {
    const { title, detail, request_id: requestId } = body;
    const sentence = detail === title ? '' : `<p class="lead">${escapeHtml(String(detail))}</p>\n`;
    return this.frame({
      title: String(status),
      body: `<h1>${escapeHtml(String(title))}</h1>
${sentence}<p class="foot">Request <code>${escapeHtml(String(requestId))}</code></p>
<p class="foot"><a href="/">Go to the start</a></p>`,
    });
  }
}
