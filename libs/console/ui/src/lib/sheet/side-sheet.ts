import { CdkTrapFocus } from '@angular/cdk/a11y';
import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  DestroyRef,
  ElementRef,
  TemplateRef,
  computed,
  contentChild,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { Icon } from '../icon';
import type { ListState } from '../list/list-state';

/**
 * One record beside its list. Open while the list's `?open=<id>` is set, so that it can be shared and closed by going
 * back; beside the content on wide screens, over it with the focus held on narrow ones. Escape closes.
 *
 *     <tg-side-sheet title="Request" [state]="list.state"><ng-template let-id><tg-request [id]="id" /></ng-template></tg-side-sheet>
 */
@Component({
  selector: 'tg-side-sheet',
  imports: [CdkTrapFocus, Icon, MatIconButton, NgTemplateOutlet],
  template: `
    @if (id(); as shown) {
      @if (modal()) {
        <button type="button" class="scrim" tabindex="-1" aria-label="Close" (click)="close()"></button>
      }
      <aside
        #panel
        class="sheet tg-sheet"
        tabindex="-1"
        [attr.role]="modal() ? 'dialog' : 'complementary'"
        [attr.aria-modal]="modal() ? 'true' : null"
        [attr.aria-label]="title()"
        [cdkTrapFocus]="modal()"
        (keydown.escape)="close()"
      >
        <header>
          <h2>{{ title() }}</h2>
          <ng-content select="[tgSheetAct]" />
          <button matIconButton type="button" aria-label="Close" (click)="close()"><tg-icon name="close" /></button>
        </header>
        <div class="body">
          <ng-container [ngTemplateOutlet]="content()" [ngTemplateOutletContext]="{ $implicit: shown }" />
        </div>
      </aside>
    }
  `,
  styles: `
    .sheet {
      position: fixed;
      inset-block: 0;
      inset-inline-end: 0;
      z-index: 40;
      display: grid;
      grid-template-rows: auto 1fr;
      inline-size: min(35rem, 100vw);
      border-inline-start: 1px solid var(--mat-sys-outline-variant);
      background: var(--tg-raised);
      box-shadow: var(--tg-shadow-menu);
      animation: slide 200ms cubic-bezier(0.05, 0.7, 0.1, 1);
      outline: none;
    }
    .scrim {
      border: 0;
      position: fixed;
      inset: 0;
      z-index: 39;
      background: color-mix(in srgb, var(--mat-sys-scrim) 40%, transparent);
    }
    header {
      display: flex;
      align-items: center;
      gap: var(--tg-space-2);
      min-block-size: 56px;
      padding-inline: var(--tg-space-5) var(--tg-space-2);
      border-block-end: 1px solid var(--mat-sys-outline-variant);
    }
    h2 {
      flex: 1;
    }
    .body {
      overflow: auto;
      padding: var(--tg-space-5);
    }
    @media (min-width: 1200px) {
      .sheet {
        inset-block-start: 56px;
        z-index: 20;
        inline-size: var(--tg-sheet);
        box-shadow: none;
      }
    }
    @keyframes slide {
      from {
        transform: translateX(24px);
        opacity: 0;
      }
    }
  `,
})
export class SideSheet {
  readonly title = input.required<string>();
  /** The list whose `open` row is shown; or use `openId` and `closed`. */
  readonly state = input<ListState | null>(null);
  readonly openId = input<string | null>(null);
  readonly closed = output<void>();

  protected readonly id = computed(() => this.state()?.open() ?? this.openId());
  protected readonly content = contentChild.required<TemplateRef<{ $implicit: string }>>(TemplateRef);
  protected readonly modal = signal(false);
  private readonly panel = viewChild<ElementRef<HTMLElement>>('panel');
  private before: HTMLElement | null = null;

  constructor() {
    const wide = window.matchMedia('(min-width: 1200px)');
    const follow = () => this.modal.set(!wide.matches);
    follow();
    wide.addEventListener('change', follow);
    inject(DestroyRef).onDestroy(() => wide.removeEventListener('change', follow));
    effect(() => {
      const panel = this.panel()?.nativeElement;
      if (panel) {
        this.before ??= document.activeElement instanceof HTMLElement ? document.activeElement : null;
        panel.focus();
      } else {
        this.before?.focus();
        this.before = null;
      }
    });
  }

  protected close(): void {
    this.state()?.change({ open: null });
    this.closed.emit();
  }
}
