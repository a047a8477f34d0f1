import { Component, input } from '@angular/core';

/** One section of settings: its name and purpose beside its controls; its id is a link (`#code-settings`). */
@Component({
  selector: 'tg-settings-section',
  template: `
    <section class="tg-card" [id]="anchor()" [attr.aria-labelledby]="anchor() + '-title'">
      <div class="about">
        <h2 [id]="anchor() + '-title'">{{ title() }}</h2>
        @if (text()) {
          <p>{{ text() }}</p>
        }
      </div>
      <div class="controls"><ng-content /></div>
    </section>
  `,
  styles: `
    :host {
      display: block;
      container-type: inline-size;
    }
    section {
      display: grid;
      gap: var(--tg-space-5);
      scroll-margin-block-start: 72px;
    }
    p {
      color: var(--mat-sys-on-surface-variant);
      text-wrap: pretty;
    }
    .about {
      display: grid;
      gap: 4px;
      align-content: start;
    }
    .controls {
      display: grid;
      gap: var(--tg-space-5);
      min-inline-size: 0;
    }
    @container (min-inline-size: 820px) {
      section {
        grid-template-columns: minmax(12rem, 1fr) minmax(0, 2.2fr);
        gap: var(--tg-space-8);
      }
    }
  `,
})
export class SettingsSection {
  readonly anchor = input.required<string>();
  readonly title = input.required<string>();
  readonly text = input('');
}
