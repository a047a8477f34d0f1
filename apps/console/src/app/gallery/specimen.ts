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
    :host {
      min-inline-size: 0;
    }
    section {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--tg-space-3);
    }
  `,
})
export class Specimen {
  readonly title = input.required<string>();
}
