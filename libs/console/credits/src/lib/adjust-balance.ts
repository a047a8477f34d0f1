import { Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { adjustCredits, grantCredits } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import {
  ChoiceField,
  CreditsField,
  FormFrame,
  SideSheet,
  TextareaField,
  Toasts,
  apiForm,
  formatCredits,
} from '@tollgate/console/ui';
import * as z from 'zod';

const schema = z
  .strictObject({
    kind: z.enum(['grant', 'adjust']),
    amount: adjustCredits.body.shape.amount.refine((amount) => amount !== 0, 'must not be zero'),
    reason: grantCredits.body.shape.reason,
  })
  .refine(({ kind, amount }) => kind === 'adjust' || amount >= 0, {
    path: ['amount'],
    message: 'a grant adds credits; choose Adjust to take them away',
  });

/** Staff put credits on an account or correct it: a new entry with a reason, after a fresh sign-in. */
@Component({
  selector: 'tg-adjust-balance',
  imports: [ChoiceField, CreditsField, FormFrame, MatButton, SideSheet, TextareaField],
  template: `
    <button matButton="filled" type="button" (click)="open.set('adjust')">Grant or adjust</button>
    <tg-side-sheet title="Grant or adjust credits" [openId]="open()" (closed)="open.set(null)">
      <ng-template>
        <tg-form [form]="form" [submitLabel]="verb()">
          <div class="tg-stack">
            <tg-choice-field label="What" [field]="form.fields.kind" [options]="kinds" />
            <tg-credits-field label="Amount" [field]="form.fields.amount" [hint]="hint()" />
            <tg-textarea-field
              label="Reason"
              [field]="form.fields.reason"
              hint="Stands in the history and in the audit log"
            />
          </div>
        </tg-form>
      </ng-template>
    </tg-side-sheet>
  `,
})
export class AdjustBalance {
  readonly changed = output<void>();
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly open = signal<string | null>(null);
  protected readonly kinds = [
    { value: 'grant', label: 'Grant', hint: 'Adds credits: a gift, a trial, a contract' },
    { value: 'adjust', label: 'Adjust', hint: 'Corrects the balance, up or down; never below what is held' },
  ];

  protected readonly form = apiForm({
    schema,
    model: { kind: 'grant' as 'grant' | 'adjust', amount: null as number | null, reason: '' },
    submit: ({ kind, amount, reason }) =>
      this.api.call(kind === 'grant' ? grantCredits : adjustCredits, { body: { amount, reason } }),
    done: (entry) => {
      this.toasts.done(
        `Posted ${formatCredits(entry.amount, true)} credits; the balance is ${formatCredits(entry.balance_after)}`,
      );
      this.form.reset({ kind: 'grant', amount: null, reason: '' });
      this.open.set(null);
      this.changed.emit();
    },
  });
  protected readonly verb = computed(() => (this.form.model().kind === 'grant' ? 'Grant credits' : 'Adjust balance'));
  protected readonly hint = computed(() =>
    this.form.model().kind === 'grant' ? 'More than zero' : 'Negative takes credits away',
  );
}
