import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { previewOperationPrices, setOperationPrice } from '@tollgate/contracts';
import type { OperationPriceView, PricePreview } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import {
  Banner,
  CreditsField,
  CreditsPipe,
  FormFrame,
  SelectField,
  TextField,
  Toasts,
  ToggleField,
  apiForm,
  formatCredits,
  toProblem,
} from '@tollgate/console/ui';
import * as z from 'zod';
import { OPERATION_NAMES, OPERATION_OPTIONS } from './operation-names';

const { shape } = setOperationPrice.body;
const schema = z.strictObject({
  operation: shape.operation,
  country: shape.country,
  // The wire counts milli-credits; people are told the bounds in credits.
  price: z.int().refine((price) => shape.price.safeParse(price).success, 'give 0 to 1,000 credits'),
  active: z.boolean(),
  note: shape.note,
});

/** A new version of a price, with what last month would have cost by it. */
@Component({
  selector: 'tg-set-price',
  imports: [Banner, CreditsField, CreditsPipe, FormFrame, MatButton, SelectField, TextField, ToggleField],
  template: `
    <tg-form [form]="form" submitLabel="Set price">
      <div class="tg-stack">
        <tg-select-field label="Operation" [field]="$any(form.fields.operation)" [options]="operations" />
        <tg-text-field
          label="Country"
          [field]="form.fields.country"
          [optional]="true"
          hint="Two letters such as ZA; empty = every other country"
        />
        <tg-credits-field label="Price" [field]="form.fields.price" />
        <tg-toggle-field
          label="Charged"
          [field]="form.fields.active"
          hint="Off: a country falls back to the general price, a general price is free"
        />
        <tg-text-field
          label="Note"
          [field]="form.fields.note"
          [optional]="true"
          hint="Why; others read it in the list"
        />
        <div>
          <button matButton="outlined" type="button" [disabled]="asking()" (click)="ask()">
            What would last month have cost?
          </button>
        </div>
        @if (preview(); as found) {
          <tg-banner tone="info">
            Last month charged {{ found.charged | credits }} credits; by this price it would have been
            {{ found.would_have_charged | credits }} ({{ found.difference | credits: 'signed' }}).
            @if (found.not_counted.length > 0) {
              Not counted, because it was free then: {{ names(found) }}.
            }
          </tg-banner>
        }
      </div>
    </tg-form>
  `,
})
export class SetPrice {
  /** The price that a new version replaces; null for another. */
  readonly start = input<OperationPriceView | null>(null);
  readonly done = output<void>();
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly operations = OPERATION_OPTIONS;
  protected readonly asking = signal(false);
  protected readonly preview = signal<PricePreview | null>(null);

  protected readonly form = apiForm({
    schema,
    model: { operation: 'send.sms', country: '', price: null as number | null, active: true, note: '' },
    source: () => this.given(),
    submit: (body) => this.api.call(setOperationPrice, { body }),
    done: (price) => {
      this.toasts.done(`${OPERATION_NAMES[price.operation]} costs ${formatCredits(price.price)} credits from now on`);
      this.done.emit();
    },
  });
  private readonly given = computed(() => {
    const from = this.start();
    return from === null
      ? undefined
      : {
          operation: from.operation as string,
          country: from.country ?? '',
          price: from.price,
          active: from.active,
          note: '',
        };
  });

  protected names(found: PricePreview): string {
    return found.not_counted.map((operation) => OPERATION_NAMES[operation]).join(', ');
  }

  protected async ask(): Promise<void> {
    const parsed = schema.safeParse({
      ...this.form.model(),
      country: this.form.model().country || null,
      note: undefined,
    });
    if (!parsed.success) return this.toasts.failed('Fill in operation and price first');
    this.asking.set(true);
    try {
      const { operation, country, price, active } = parsed.data;
      this.preview.set(
        await this.api.call(previewOperationPrices, {
          body: { prices: [{ operation, country: country ?? null, price, active }] },
        }),
      );
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.asking.set(false);
    }
  }
}
