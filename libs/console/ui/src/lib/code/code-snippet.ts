import { Component, computed, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Copy } from '../display/copy';

export interface Snippet {
  /** “curl”, “TypeScript”. */
  readonly language: string;
  readonly code: string;
}

let nextId = 0;
const KEPT = 'tollgate.snippet-language';

/**
 * Code in several languages, with the caller's own ids filled in by the page. A secret is passed apart: shown masked
 * until revealed, and copied whole. The chosen language is remembered.
 */
@Component({
  selector: 'tg-snippet',
  imports: [Copy, MatButton],
  template: `
    <div class="bar">
      <div role="tablist" [attr.aria-label]="label()">
        @for (one of snippets(); track one.language; let at = $index) {
          <button
            type="button"
            role="tab"
            [id]="id + '-tab-' + at"
            [attr.aria-selected]="one.language === chosen()"
            [attr.aria-controls]="id"
            [attr.tabindex]="one.language === chosen() ? 0 : -1"
            (click)="choose(one.language)"
            (keydown)="onKey($event)"
          >
            {{ one.language }}
          </button>
        }
      </div>
      <span class="gap"></span>
      @if (secret() && holdsSecret()) {
        <button matButton type="button" (click)="revealed.set(!revealed())">
          {{ revealed() ? 'Hide key' : 'Show key' }}
        </button>
      }
      <tg-copy [text]="whole()" label="Copy code" />
    </div>
    <pre
      tabindex="0"
      role="tabpanel"
      [id]="id"
      [attr.aria-labelledby]="id + '-tab-' + at()"
    ><code>{{ shown() }}</code></pre>
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
      min-block-size: 40px;
      padding-inline: var(--tg-space-2);
      border-block-end: 1px solid var(--mat-sys-outline-variant);
      background: var(--mat-sys-surface-container);
    }
    [role='tablist'] {
      display: flex;
      overflow-x: auto;
    }
    [role='tab'] {
      min-block-size: 40px;
      padding-inline: var(--tg-space-3);
      border: 0;
      border-block-end: 2px solid transparent;
      background: none;
      font: var(--mat-sys-label-large);
      color: var(--mat-sys-on-surface-variant);
      white-space: nowrap;
      cursor: pointer;
      outline-offset: -3px;
    }
    [role='tab'][aria-selected='true'] {
      color: var(--mat-sys-primary);
      border-color: var(--mat-sys-primary);
    }
    .gap {
      flex: 1;
    }
    pre {
      padding: var(--tg-space-4);
      overflow: auto;
      max-block-size: 30rem;
      tab-size: 2;
      outline-offset: -3px;
    }
  `,
})
export class CodeSnippet {
  readonly snippets = input.required<readonly Snippet[]>();
  readonly label = input('Language');
  /** What stands for the secret in the code, and the secret itself once it is known. */
  readonly placeholder = input('YOUR_API_KEY');
  readonly secret = input('');
  protected readonly id = `tg-snippet-${nextId++}`;
  protected readonly revealed = signal(false);
  protected readonly chosen = linkedSignal(() => {
    const kept = remembered();
    return this.snippets().find((one) => one.language === kept)?.language ?? this.snippets()[0]?.language ?? '';
  });
  protected readonly at = computed(() =>
    Math.max(
      0,
      this.snippets().findIndex((one) => one.language === this.chosen()),
    ),
  );
  private readonly raw = computed(() => this.snippets()[this.at()]?.code ?? '');
  protected readonly holdsSecret = computed(() => this.raw().includes(this.placeholder()));
  protected readonly whole = computed(() => this.fill(this.secret()));
  protected readonly shown = computed(() => {
    const secret = this.secret();
    return this.fill(secret && !this.revealed() ? `${secret.slice(0, 8)}…` : secret);
  });

  protected choose(language: string): void {
    this.chosen.set(language);
    try {
      localStorage.setItem(KEPT, language);
    } catch {
      // Remembering is a convenience.
    }
  }

  protected onKey(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = this.snippets();
    if (by === undefined || all.length === 0) return;
    event.preventDefault();
    const next = (this.at() + by + all.length) % all.length;
    this.choose(all[next]?.language ?? '');
    (event.currentTarget as HTMLElement).parentElement?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  }

  private fill(secret: string): string {
    return secret ? this.raw().replaceAll(this.placeholder(), secret) : this.raw();
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
