import { Component, inject } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Icon } from '../icon';
import { Toasts } from './toasts';

/** Where toasts appear: once, in the shell. */
@Component({
  selector: 'tg-toast-outlet',
  imports: [Icon, MatButton, MatIconButton],
  host: { role: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' },
  template: `
    @if (toasts.current(); as toast) {
      <div
        class="toast"
        animate.enter="enter"
        [attr.data-kind]="toast.kind"
        (mouseenter)="toasts.pause()"
        (mouseleave)="toasts.resume()"
        (focusin)="toasts.pause()"
        (focusout)="toasts.resume()"
      >
        <tg-icon [name]="toast.kind === 'failed' ? 'error' : 'check_circle'" />
        <span class="text">{{ toast.text }}</span>
        @if (toast.action; as action) {
          <button matButton type="button" (click)="action.run(); toasts.dismiss()">{{ action.label }}</button>
        }
        <button matIconButton type="button" aria-label="Dismiss" (click)="toasts.dismiss()">
          <tg-icon name="close" />
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      position: fixed;
      inset-block-end: var(--tg-space-4);
      inset-inline-start: var(--tg-space-4);
      max-inline-size: min(32rem, calc(100vw - 2 * var(--tg-space-4)));
      z-index: 1100;
    }
    .toast {
      display: flex;
      align-items: center;
      gap: var(--tg-space-3);
      min-block-size: 48px;
      padding-inline: var(--tg-space-4) var(--tg-space-1);
      border-radius: 10px;
      color: var(--mat-sys-inverse-on-surface);
      background: var(--mat-sys-inverse-surface);
      box-shadow: var(--tg-shadow-menu);
      --mat-button-text-label-text-color: var(--mat-sys-inverse-primary);
      --mat-icon-button-icon-color: currentColor;
    }
    .text {
      flex: 1;
      padding-block: var(--tg-space-2);
    }
    .enter {
      animation: rise 200ms;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
  `,
})
export class ToastOutlet {
  protected readonly toasts = inject(Toasts);
}
