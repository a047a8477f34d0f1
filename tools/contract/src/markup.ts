const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Inline text of a description: escaped, with `code` and nothing else. */
export const inline = (text: string): string => escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** A description: paragraphs, `- ` lists and `code`. Everything else stays as it was written. */
export function prose(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const lines = block.split('\n');
      if (!lines.every((line) => line.startsWith('- '))) return `<p>${inline(block)}</p>`;
      return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
    })
    .join('\n');
}

export const json = (value: unknown): string => escape(JSON.stringify(value, null, 2) ?? '');

/** What may stand in an id and its link. */
export const anchor = (text: string): string => text.replaceAll(/[^A-Za-z0-9_.-]+/g, '-');
