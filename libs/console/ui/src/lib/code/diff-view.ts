import { Component, computed, input } from '@angular/core';

export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Before and after of each changed field, in words and marks, not colour alone. */
@Component({
  selector: 'tg-diff',
  template: `
    @if (rows().length) {
      <table>
        <caption class="tg-visually-hidden">
          Changes by field
        </caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">{{ beforeLabel() }}</th>
            <th scope="col">{{ afterLabel() }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.field) {
            <tr>
              <th scope="row">
                <code>{{ row.field }}</code>
              </th>
              <td class="removed" [attr.data-label]="beforeLabel()">
                @if (row.before === null) {
                  <span class="none">nothing</span>
                } @else {
                  <del>{{ row.before }}</del>
                }
              </td>
              <td class="added" [attr.data-label]="afterLabel()">
                @if (row.after === null) {
                  <span class="none">nothing</span>
                } @else {
                  <ins>{{ row.after }}</ins>
                }
              </td>
            </tr>
          }
        </tbody>
      </table>
    } @else {
      <p class="none">No details recorded</p>
    }
  `,
  styles: `
    :host {
      display: block;
      container-type: inline-size;
    }
    table {
      inline-size: 100%;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      border-spacing: 0;
      overflow: hidden;
      table-layout: fixed;
    }
    th,
    td {
      padding: var(--tg-space-2) var(--tg-space-3);
      text-align: start;
      vertical-align: top;
      overflow-wrap: anywhere;
      font: var(--mat-sys-body-medium);
    }
    thead th {
      font: var(--mat-sys-label-medium);
      color: var(--mat-sys-on-surface-variant);
      background: var(--mat-sys-surface-container-low);
    }
    tbody tr + tr > * {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    del,
    ins {
      display: block;
      font-family: var(--tg-mono);
      font-size: 0.8125rem;
      white-space: pre-wrap;
      text-decoration: none;
    }
    del::before {
      content: '− ';
    }
    ins::before {
      content: '+ ';
    }
    .removed {
      background: var(--tg-removed);
    }
    .added {
      background: var(--tg-added);
    }
    .none {
      color: var(--mat-sys-on-surface-variant);
    }
    @container (max-inline-size: 480px) {
      thead {
        position: absolute;
        clip-path: inset(50%);
      }
      tr,
      tbody th,
      td {
        display: block;
      }
      td::before {
        content: attr(data-label);
        display: block;
        font: var(--mat-sys-label-small);
        color: var(--mat-sys-on-surface-variant);
      }
      tbody tr > * {
        border: 0 !important;
      }
    }
  `,
})
export class DiffView {
  readonly changes = input.required<readonly FieldChange[]>();
  readonly beforeLabel = input('Before');
  readonly afterLabel = input('After');

  protected readonly rows = computed(() =>
    this.changes().map((change) => ({ field: change.field, before: shown(change.before), after: shown(change.after) })),
  );
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value);
}
