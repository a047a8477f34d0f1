import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { createTestNumber, deleteTestNumber, listTestNumbers } from '@tollgate/contracts';
import type { TestNumberView } from '@tollgate/contracts';
import { Api, Permissions, Requires, apiResource } from '@tollgate/console/platform';
import {
  Confirm,
  DataTable,
  EmptyState,
  FormFrame,
  ListState,
  NOW,
  SelectField,
  SideSheet,
  TextField,
  Toasts,
  apiForm,
  toProblem,
} from '@tollgate/console/ui';
import type { Column, ListSource, RowAction } from '@tollgate/console/ui';
import * as z from 'zod';
import { ApplicationInView } from './application-in-view';

const DAY_MS = 86_400_000;
const { to, code, note } = createTestNumber.body.shape;

/** Numbers that live keys give a fixed code, for reviewers of app stores. */
@Component({
  selector: 'tg-test-numbers',
  imports: [DataTable, EmptyState, FormFrame, MatButton, Requires, SelectField, SideSheet, TextField],
  template: `
    <div class="head">
      <p class="tg-muted">
        For reviewers of app stores: a live key takes the fixed code for these, nothing is sent and nothing charged. At
        most ten, each for 90 days at most.
      </p>
      <button matButton="filled" type="button" tgRequires="applications:write" (click)="adding.set('new')">
        Add test number
      </button>
    </div>
    <tg-data-table label="Test numbers" noun="test number" [list]="list" [columns]="columns" [actions]="actions">
      <tg-empty-state
        tgEmpty
        icon="pin"
        title="No test numbers"
        text="Add one before you hand your app to a store, and give its code to the reviewer."
      />
    </tg-data-table>
    <tg-side-sheet title="Add test number" [openId]="adding()" (closed)="adding.set(null)">
      <ng-template>
        <tg-form [form]="form" submitLabel="Add test number" cancelLabel="Cancel" (cancelled)="adding.set(null)">
          <tg-text-field
            label="Phone number or mailbox"
            [field]="form.fields.to"
            placeholder="+27821234567"
            hint="A number that nobody else could own"
          />
          <tg-text-field label="Code" [mono]="true" [field]="form.fields.code" hint="4 to 10 digits" />
          <tg-text-field label="Note" [field]="form.fields.note" [optional]="true" placeholder="App Store review" />
          <tg-select-field label="Works for" [field]="form.fields.days" [options]="spans" />
        </tg-form>
      </ng-template>
    </tg-side-sheet>
  `,
  styles: `
    .head {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      align-items: center;
      gap: var(--tg-space-3);
      margin-block-end: var(--tg-space-3);
    }
    p {
      flex: 1 1 20rem;
      max-inline-size: 68ch;
    }
  `,
})
export class TestNumbers {
  private readonly view = inject(ApplicationInView);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  private readonly now = inject(NOW);
  protected readonly adding = signal<string | null>(null);
  protected readonly spans = [
    { value: '7', label: '7 days' },
    { value: '30', label: '30 days' },
    { value: '90', label: '90 days' },
  ];

  private readonly numbers = apiResource(listTestNumbers, () => ({ params: { id: this.view.id() } }));
  // At most ten of them: the endpoint knows neither pages nor orders.
  protected readonly list: ListSource<TestNumberView> = {
    state: new ListState({ url: false }),
    filters: [],
    searchable: false,
    rows: computed(() => this.numbers.value()?.data),
    nextCursor: signal(null),
    total: computed(() => this.numbers.value()?.total_estimate ?? null),
    loading: this.numbers.loading,
    problem: this.numbers.problem,
    reload: () => this.numbers.reload(),
  };
  protected readonly columns: readonly Column<TestNumberView>[] = [
    { id: 'to', label: 'Number or mailbox', value: (row) => row.to },
    { id: 'code', label: 'Code', kind: 'code', value: (row) => row.code },
    { id: 'note', label: 'Note', value: (row) => row.note },
    { id: 'state', label: 'Status', kind: 'status', value: (row) => (row.expired ? 'expired' : 'active') },
    { id: 'ends', label: 'Ends', kind: 'relative', value: (row) => row.ends_at },
    { id: 'by', label: 'Added by', value: (row) => row.created_by, wideOnly: true },
  ];
  protected readonly actions: readonly RowAction<TestNumberView>[] = [
    {
      label: 'Remove',
      icon: 'delete',
      danger: true,
      refuses: () => this.permissions.refusal('applications:write'),
      run: (row) => void this.remove(row),
    },
  ];

  protected readonly form = apiForm({
    schema: z.strictObject({ to, code, note, days: z.string().min(1) }),
    model: { to: '', code: '', note: '', days: '30' },
    readOnly: () => this.permissions.refusal('applications:write'),
    submit: ({ days, ...body }) =>
      this.api.call(createTestNumber, {
        params: { id: this.view.id() },
        // A minute short of it: 90 days are the most, and the clocks of two machines differ.
        body: { ...body, ends_at: new Date(this.now() + Number(days) * DAY_MS - 60_000).toISOString() },
      }),
    done: () => {
      this.toasts.done('The test number works from now on');
      this.form.reset({ to: '', code: '', note: '', days: '30' });
      this.adding.set(null);
      this.list.reload();
    },
  });

  private async remove(row: TestNumberView): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 2,
      title: `Remove the test number ${row.to}?`,
      text: 'From then on a live key sends a real code to it, and charges for it.',
      verb: 'Remove test number',
    });
    if (!confirmed) return;
    try {
      await this.api.call(deleteTestNumber, { params: { id: this.view.id(), number_id: row.id } });
      this.toasts.done('Test number removed');
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.list.reload();
    }
  }
}
