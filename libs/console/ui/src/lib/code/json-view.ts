import { Component, computed, input } from '@angular/core';
import { Copy } from '../display/copy';

/** A value as indented JSON that can be scrolled, read and copied. */
@Component({
  selector: 'tg-json',
  imports: [Copy],
  template: `
    <div class="bar">
      <span>{{ label() }}</span><tg-copy [text]="text()" [label]="'Copy ' + label()" />
    </div>
    <pre
      tabindex="0"
      role="region"
      [attr.aria-label]="label()"
    ><code>@for (part of parts(); track $index) {<span [attr.data-kind]="part.kind">{{ part.text }}</span>}</code></pre>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      background: var(--mat-sys-surface-container-low);
      overflow: hidden;
    }
    .bar {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding-inline: var(--tg-space-4) var(--tg-space-2);
      min-block-size: 36px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
      border-block-end: 1px solid var(--mat-sys-outline-variant);
    }
    pre {
      padding: var(--tg-space-3) var(--tg-space-4);
      overflow: auto;
      max-block-size: 28rem;
      outline-offset: -3px;
    }
    [data-kind='key'] {
      color: light-dark(#072198, #9bb4f0);
    }
    [data-kind='string'] {
      color: light-dark(#0b4f2a, #9be3b4);
    }
    [data-kind='value'] {
      color: light-dark(#7a2e00, #f0b48f);
    }
  `,
})
export class JsonView {
  readonly value = input.required<unknown>();
  readonly label = input('JSON');
  protected readonly text = computed(() => JSON.stringify(this.value(), null, 2) ?? 'undefined');
  protected readonly parts = computed(() => {
    const parts: { kind: string; text: string }[] = [];
    let last = 0;
    const text = this.text();
    for (const match of text.matchAll(
      /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi,
    )) {
      if (match.index > last) parts.push({ kind: 'plain', text: text.slice(last, match.index) });
      parts.push({ kind: match[1] ? (match[2] ? 'key' : 'string') : 'value', text: match[1] ?? match[0] });
      if (match[2]) parts.push({ kind: 'plain', text: match[2] });
      last = match.index + match[0].length;
    }
    if (last < text.length) parts.push({ kind: 'plain', text: text.slice(last) });
    return parts;
  });
}
