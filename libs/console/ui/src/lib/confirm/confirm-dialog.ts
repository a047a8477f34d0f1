import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { Copy } from '../display/copy';
import type { Confirmation, Confirmed } from './confirm';

const WAIT_S = 10;

/** The dialog of levels 2 to 5; opened by `Confirm`. */
@Component({
  selector: 'tg-confirm-dialog',
  imports: [Copy, MatButton, MatDialogActions, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title>{{ data.title }}</h2>
    <mat-dialog-content>
      <p>{{ data.text }}</p>
      @if (data.consequences?.length) {
        <ul>
          @for (one of data.consequences; track one) {
            <li>{{ one }}</li>
          }
        </ul>
      }
      @if (data.level >= 4) {
        <label for="tg-confirm-reason">Reason, for the audit log</label>
        <textarea
          #reason
          id="tg-confirm-reason"
          rows="2"
          maxlength="500"
          (input)="reasonText.set(reason.value)"
        ></textarea>
      }
      @if (data.level >= 3 && data.name) {
        <label for="tg-confirm-name" class="type"
          >Type <code>{{ data.name }}</code> to confirm</label
        >
        <div class="name">
          <input
            #name
            id="tg-confirm-name"
            autocomplete="off"
            spellcheck="false"
            (input)="typed.set(name.value)"
            (keydown.enter)="confirm()"
          />
          <tg-copy [text]="data.name" [label]="'Copy ' + data.name" />
        </div>
      }
      <p class="missing" role="status">{{ complaint() }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" data-cancel (click)="close()">{{ data.cancel ?? 'Cancel' }}</button>
      <button
        matButton="filled"
        type="button"
        class="tg-danger"
        [attr.aria-disabled]="missing() !== ''"
        (click)="confirm()"
      >
        {{ data.verb }}{{ left() > 0 ? ' (' + left() + ')' : '' }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: var(--tg-space-2);
      color: var(--mat-sys-on-surface);
    }
    ul {
      list-style: disc;
      padding-inline-start: var(--tg-space-5);
    }
    label {
      margin-block-start: var(--tg-space-2);
      font: var(--mat-sys-title-small);
    }
    code {
      padding: 2px 6px;
      border-radius: 4px;
      background: var(--mat-sys-surface-container-high);
      overflow-wrap: anywhere;
    }
    .name {
      display: flex;
      align-items: center;
      gap: 4px;
    }
    input,
    textarea {
      flex: 1;
      min-block-size: var(--tg-control);
      padding: 6px 12px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--tg-raised);
      resize: vertical;
    }
    .missing {
      min-block-size: 20px;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class ConfirmDialog {
  protected readonly data = inject<Confirmation>(MAT_DIALOG_DATA);
  private readonly ref = inject<MatDialogRef<ConfirmDialog, Confirmed>>(MatDialogRef);
  protected readonly typed = signal('');
  protected readonly reasonText = signal('');
  protected readonly left = signal(this.data.level === 5 ? WAIT_S : 0);
  private readonly tried = signal(false);

  protected readonly missing = computed(() => {
    if (this.data.level >= 4 && this.reasonText().trim().length < 3) return 'Say why, in a few words';
    if (this.data.level >= 3 && this.data.name && this.typed().trim() !== this.data.name) {
      return `Type ${this.data.name} exactly`;
    }
    return this.left() > 0 ? `Wait ${this.left()} seconds` : '';
  });
  /** A button that does nothing explains nothing: what is missing is said when it is tried. */
  protected readonly complaint = computed(() => (this.tried() ? this.missing() : ''));

  constructor() {
    if (this.left() === 0) return;
    const timer = setInterval(() => this.left.update((left) => Math.max(0, left - 1)), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected confirm(): void {
    this.tried.set(true);
    if (this.missing() === '') this.ref.close({ reason: this.reasonText().trim() });
  }

  protected close(): void {
    this.ref.close();
  }
}
