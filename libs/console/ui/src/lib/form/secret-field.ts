import { Component, computed, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import type { FieldTree } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { Icon } from '../icon';
import { Field, errorOf, fieldId } from './field';

/** A write-only secret: what is stored is never shown, only that it is; “Replace” opens the control. Blank keeps it. */
@Component({
  selector: 'tg-secret-field',
  imports: [Field, FormField, Icon, MatButton],
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      @if (stored() && !replacing()) {
        <div class="stored" [id]="id">
          <tg-icon name="lock" [small]="true" /><span>{{ stored() }}</span>
          <button matButton type="button" [disabled]="field()().disabled()" (click)="replacing.set(true)">
            Replace
          </button>
        </div>
      } @else {
        <div class="control mono">
          <input
            type="password"
            autocomplete="new-password"
            spellcheck="false"
            [formField]="field()"
            [id]="id"
            [attr.aria-invalid]="error() !== null"
            [attr.aria-describedby]="error() !== null ? id + '-error' : hint() ? id + '-hint' : null"
          />
          @if (stored()) {
            <button matButton type="button" (click)="keep()">Keep the stored one</button>
          }
        </div>
      }
    </tg-field>
  `,
  styleUrl: './control.css',
  styles: `
    .stored {
      display: flex;
      align-items: center;
      gap: var(--tg-space-2);
      min-block-size: var(--tg-control);
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class SecretField {
  readonly field = input.required<FieldTree<string>>();
  readonly label = input.required<string>();
  /** What is known of the stored secret: “Set 3 Oct 2026”, or '' when there is none. */
  readonly stored = input('');
  readonly hint = input('');
  readonly optional = input(false);
  protected readonly id = fieldId();
  protected readonly replacing = signal(false);
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));

  protected keep(): void {
    this.field()().reset('');
    this.replacing.set(false);
  }
}
