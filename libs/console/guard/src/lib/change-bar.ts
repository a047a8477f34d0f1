import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

/** What to do with changes that are not sent yet, and what a preview of them found: in view wherever one scrolled. */
@Component({
  selector: 'tg-change-bar',
  imports: [MatButton],
  template: `
    @if (count() > 0) {
      <div class="bar" role="region" aria-label="Unsaved changes">
        <span>{{ count() }} {{ count() === 1 ? 'change' : 'changes' }}, not in force yet</span>
        <button matButton type="button" (click)="discarded.emit()">Discard</button>
        <button matButton="outlined" type="button" [disabled]="busy()" (click)="previewed.emit()">
          Preview on the last 7 days
        </button>
        <button matButton="filled" type="button" [disabled]="busy()" (click)="applied.emit()">Apply now</button>
        <div class="found"><ng-content /></div>
      </div>
    }
  `,
  styles: `
    :host {
      position: sticky;
      inset-block-end: var(--tg-space-4);
      z-index: 5;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--tg-space-2);
      padding: var(--tg-space-3) var(--tg-space-4);
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      background: var(--tg-raised);
      box-shadow: var(--tg-shadow-menu);
    }
    span {
      flex: 1 1 12rem;
      font-weight: 550;
    }
    .found {
      flex-basis: 100%;
    }
    .found:empty {
      display: none;
    }
  `,
})
export class ChangeBar {
  readonly count = input.required<number>();
  readonly busy = input(false);
  readonly discarded = output<void>();
  readonly previewed = output<void>();
  readonly applied = output<void>();
}
