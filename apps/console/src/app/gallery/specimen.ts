import { Component, input } from '@angular/core';

/** One chapter of the gallery. */
@Component({
  selector: 'tg-specimen',
  template: `
    <section [attr.aria-label]="title()">
      <h2>{{ title() }}</h2>
      <ng-content />
    </section>
  `,
  styles: `
    section {
      display: grid;
      gap: var(--tg-space-3);
    }
  `,
})
export class Specimen {
  readonly title = input.required<string>();
}
