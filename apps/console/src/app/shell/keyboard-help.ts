import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';

/** Every shortcut of the console. */
@Component({
  selector: 'tg-keyboard-help',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title>Keyboard</h2>
    <mat-dialog-content tabindex="0" role="region" aria-label="Shortcuts">
      @for (group of groups; track group.name) {
        <h3>{{ group.name }}</h3>
        <dl>
          @for (line of group.lines; track line[0]) {
            <div>
              <dt>
                @for (key of line[0].split(' '); track $index) {
                  <kbd>{{ key }}</kbd>
                }
              </dt>
              <dd>{{ line[1] }}</dd>
            </div>
          }
        </dl>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end"><button matButton mat-dialog-close type="button">Close</button></mat-dialog-actions>
  `,
  styles: `
    h2:focus-visible {
      outline: none;
    }
    h3 {
      margin-block: var(--tg-space-3) var(--tg-space-1);
      color: var(--mat-sys-on-surface);
    }
    dl > div {
      display: grid;
      grid-template-columns: 9rem 1fr;
      align-items: center;
      min-block-size: 32px;
    }
    kbd {
      padding: 1px 7px;
      margin-inline-end: 4px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 5px;
      background: var(--mat-sys-surface-container-low);
      color: var(--mat-sys-on-surface);
    }
  `,
})
export class KeyboardHelp {
  protected readonly groups: readonly { name: string; lines: readonly (readonly [string, string])[] }[] = [
    {
      name: 'Everywhere',
      lines: [
        ['Ctrl K', 'Search or go to any page or object (⌘ K on a Mac)'],
        ['?', 'This help'],
        ['Esc', 'Close a dialog, sheet or menu'],
      ],
    },
    {
      name: 'In a list',
      lines: [
        ['/', 'Search'],
        ['↓ ↑', 'Move from row to row; j and k do the same'],
        ['Enter', 'Open the row'],
        ['x', 'Select the row; Shift and click selects a range'],
      ],
    },
    { name: 'In a form', lines: [['Ctrl S', 'Save']] },
    {
      name: 'In a chart',
      lines: [
        ['← →', 'Move through the data'],
        ['↑ ↓', 'Change the series'],
        ['Home End', 'First and last'],
      ],
    },
  ];
}
