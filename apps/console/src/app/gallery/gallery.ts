import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Preferences } from '@tollgate/console/platform';
import type { Theme } from '@tollgate/console/platform';
import { PageHeader } from '@tollgate/console/ui';
import { GalleryCharts } from './gallery-charts';
import { GalleryCode } from './gallery-code';
import { GalleryDisplay } from './gallery-display';
import { GalleryForms } from './gallery-forms';
import { GalleryGuides } from './gallery-guides';
import { GalleryLists } from './gallery-lists';
import { Specimen } from './specimen';

/** The living gallery of the kit: every part in every state, in light and in dark beside it. */
@Component({
  selector: 'tg-gallery',
  imports: [
    GalleryCharts,
    GalleryCode,
    GalleryDisplay,
    GalleryForms,
    GalleryGuides,
    GalleryLists,
    MatButton,
    PageHeader,
    Specimen,
  ],
  template: `
    <tg-page-header
      title="Kit"
      subtitle="Every part of the console in every state. Pages are made of these and nothing else."
    >
      @for (theme of themes; track theme) {
        <button
          [matButton]="preferences.theme() === theme ? 'tonal' : 'outlined'"
          type="button"
          [attr.aria-pressed]="preferences.theme() === theme"
          (click)="preferences.change({ theme })"
        >
          {{ theme === 'system' ? 'As the system' : theme === 'light' ? 'Light' : 'Dark' }}
        </button>
      }
      <button
        [matButton]="preferences.density() === 'compact' ? 'tonal' : 'outlined'"
        type="button"
        [attr.aria-pressed]="preferences.density() === 'compact'"
        (click)="preferences.change({ density: preferences.density() === 'compact' ? 'comfortable' : 'compact' })"
      >
        Compact
      </button>
    </tg-page-header>
    <tg-specimen title="Display"><tg-gallery-display /></tg-specimen>
    <tg-specimen title="Lists"><tg-gallery-lists /></tg-specimen>
    <tg-specimen title="Forms and asking"><tg-gallery-forms /></tg-specimen>
    <tg-specimen title="Charts and numbers"><tg-gallery-charts /></tg-specimen>
    <tg-specimen title="Code, changes, events"><tg-gallery-code /></tg-specimen>
    <tg-specimen title="Guides, settings, danger"><tg-gallery-guides /></tg-specimen>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--tg-space-6);
    }
  `,
})
export class Gallery {
  protected readonly preferences = inject(Preferences);
  protected readonly themes: readonly Theme[] = ['system', 'light', 'dark'];
}
