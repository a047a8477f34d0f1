import { Directive, TemplateRef, inject, input } from '@angular/core';
import type { ListSource } from './list-types';

/**
 * Draws the cells of a column of kind `custom`. `tgCellOf` names the list, for the type of the row:
 *
 *     <ng-template tgCell="owner" [tgCellOf]="list" let-row>{{ row.owner.name }}</ng-template>
 */
@Directive({ selector: 'ng-template[tgCell]' })
export class TableCell<Row> {
  readonly column = input.required<string>({ alias: 'tgCell' });
  readonly tgCellOf = input<ListSource<Row>>();
  readonly template = inject<TemplateRef<{ $implicit: Row }>>(TemplateRef);

  static ngTemplateContextGuard<Row>(_: TableCell<Row>, _context: unknown): _context is { $implicit: Row } {
    return true;
  }
}
