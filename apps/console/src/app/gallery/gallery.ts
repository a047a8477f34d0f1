import { Component } from '@angular/core';
import { PageHeader } from '@tollgate/console/ui';
import { GalleryDisplay } from './gallery-display';
import { GalleryForms } from './gallery-forms';
import { GalleryLists } from './gallery-lists';
import { Specimen } from './specimen';

/** The living gallery of the kit: every part in every state, in light and in dark beside it. */
@Component({
  selector: 'tg-gallery',
  imports: [GalleryDisplay, GalleryForms, GalleryLists, PageHeader, Specimen],
  template: `
    <tg-page-header
      title="Kit"
      subtitle="Every part of the console in every state. Pages are made of these and nothing else."
    />
    <tg-specimen title="Display"><tg-gallery-display /></tg-specimen>
    <tg-specimen title="Lists"><tg-gallery-lists /></tg-specimen>
    <tg-specimen title="Forms"><tg-gallery-forms /></tg-specimen>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-6);
    }
  `,
})
export class Gallery {}
