import { Component, inject, input, output } from '@angular/core';
import { rotateKey } from '@tollgate/contracts';
import type { KeyView } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import { FormFrame, SecretOnce, SelectField, apiForm } from '@tollgate/console/ui';
import * as z from 'zod';

/** A new key in place of one; both work until the overlap has passed. */
@Component({
  selector: 'tg-rotate-key',
  imports: [FormFrame, SelectField],
  template: `
    <div class="tg-stack">
      <p>
        A new key with the same rights takes the place of <strong>{{ key().name }}</strong> (<code>{{
          key().hint
        }}</code
        >). Put it into your servers while both work.
      </p>
      <tg-form [form]="form" submitLabel="Rotate key" cancelLabel="Cancel" (cancelled)="cancelled.emit()">
        <tg-select-field
          label="The old key works for"
          [field]="form.fields.overlap"
          [options]="overlaps"
          hint="Then it expires by itself"
        />
      </tg-form>
    </div>
  `,
})
export class RotateKey {
  readonly key = input.required<KeyView>();
  readonly rotated = output<void>();
  readonly cancelled = output<void>();
  private readonly api = inject(Api);
  private readonly secret = inject(SecretOnce);
  protected readonly overlaps = [
    { value: '0', label: 'Not at all: it is refused at once' },
    { value: '3600', label: '1 hour' },
    { value: '86400', label: '1 day' },
    { value: '604800', label: '7 days' },
    { value: '2592000', label: '30 days' },
  ];

  protected readonly form = apiForm({
    schema: z.strictObject({ overlap: z.string().min(1) }),
    model: { overlap: '86400' },
    submit: async ({ overlap }) => {
      const { token, ...made } = await this.api.call(rotateKey, {
        params: { id: this.key().id },
        body: { overlap_s: Number(overlap) },
      });
      await this.secret.show({
        title: 'Key rotated',
        text: `The new ${made.kind} key ${made.name}. It is shown only now: put it where your servers read it.`,
        secrets: [token],
      });
    },
    done: () => this.rotated.emit(),
  });
}
