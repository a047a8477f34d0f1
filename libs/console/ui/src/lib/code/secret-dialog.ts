import { Component, Service, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialog,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { CLIPBOARD } from '../display/copy';
import { Icon } from '../icon';

export interface OneTimeSecret {
  /** “Key created”. */
  readonly title: string;
  readonly text: string;
  /** One secret, or several on lines of their own (recovery keys). */
  readonly secrets: readonly string[];
  /** For the file name of the download: `recovery-keys`. With one, they can be downloaded and printed. */
  readonly fileName?: string;
}

/** Shows a secret once. It leaves the page with the dialog; nothing keeps it. */
@Service()
export class SecretOnce {
  private readonly dialog = inject(MatDialog);

  async show(secret: OneTimeSecret): Promise<void> {
    const opened = this.dialog.open(SecretDialog, {
      data: secret,
      width: '36rem',
      maxWidth: '94vw',
      disableClose: true,
      autoFocus: 'h2',
    });
    await firstValueFrom(opened.afterClosed());
  }
}

@Component({
  selector: 'tg-secret-dialog',
  imports: [Icon, MatButton, MatDialogActions, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title tabindex="-1">{{ data.title }}</h2>
    <mat-dialog-content>
      <p>{{ data.text }}</p>
      <div class="secret" tabindex="0" role="region" aria-label="The secret">
        @for (one of data.secrets; track one) {
          <code>{{ one }}</code>
        }
      </div>
      <div class="acts">
        <button matButton="outlined" type="button" (click)="copy()">
          <tg-icon matButtonIcon [name]="copied() ? 'check' : 'content_copy'" />{{ copied() ? 'Copied' : 'Copy' }}
        </button>
        @if (data.fileName) {
          <button matButton="outlined" type="button" (click)="download()">
            <tg-icon matButtonIcon name="download" />Download
          </button>
          <button matButton="outlined" type="button" (click)="print()">
            <tg-icon matButtonIcon name="print" />Print
          </button>
        }
      </div>
      <label class="gate">
        <input type="checkbox" #box (change)="stored.set(box.checked)" />
        I have stored it. It is not shown again.
      </label>
      <p class="missing" role="status">{{ complaint() }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" type="button" [attr.aria-disabled]="!stored()" (click)="close()">Done</button>
    </mat-dialog-actions>
  `,
  styles: `
    h2:focus-visible {
      outline: none;
    }
    mat-dialog-content {
      display: grid;
      gap: var(--tg-space-3);
      color: var(--mat-sys-on-surface);
    }
    .secret {
      display: grid;
      gap: 4px;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr));
      padding: var(--tg-space-3) var(--tg-space-4);
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 8px;
      background: var(--mat-sys-surface-container);
    }
    .secret:has(code:only-child) {
      grid-template-columns: 1fr;
    }
    code {
      overflow-wrap: anywhere;
      user-select: all;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--tg-space-2);
    }
    .gate {
      display: flex;
      align-items: center;
      gap: var(--tg-space-2);
    }
    .gate input {
      inline-size: 18px;
      block-size: 18px;
    }
    @media print {
      .acts,
      .gate,
      mat-dialog-actions {
        display: none;
      }
    }
    .missing {
      min-block-size: 20px;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class SecretDialog {
  protected readonly data = inject<OneTimeSecret>(MAT_DIALOG_DATA);
  private readonly ref = inject<MatDialogRef<SecretDialog>>(MatDialogRef);
  private readonly write = inject(CLIPBOARD);
  protected readonly stored = signal(false);
  protected readonly copied = signal(false);
  protected readonly complaint = signal('');

  protected async copy(): Promise<void> {
    await this.write(this.data.secrets.join('\n')).then(
      () => this.copied.set(true),
      () => this.complaint.set('Copying failed: select the text and copy it by hand'),
    );
  }

  protected download(): void {
    const url = URL.createObjectURL(new Blob([`${this.data.secrets.join('\n')}\n`], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${this.data.fileName ?? 'secret'}.txt`;
    link.click();
    URL.revokeObjectURL(url);
  }

  /** The page prints as this dialog alone: see the print rules of the styles. */
  protected print(): void {
    window.print();
  }

  protected close(): void {
    if (this.stored()) this.ref.close();
    else this.complaint.set('Store it first: closing this loses it');
  }
}
