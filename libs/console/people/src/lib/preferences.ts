import { Component, effect, inject, signal, untracked } from '@angular/core';
import { form } from '@angular/forms/signals';
import { Preferences } from '@tollgate/console/platform';
import type { Density, Theme } from '@tollgate/console/platform';
import {
  ChoiceField,
  LookupField,
  NOW,
  SettingsPage,
  SettingsSection,
  TIME_ZONE,
  formatInstant,
  searchTimeZones,
} from '@tollgate/console/ui';
import type { Option } from '@tollgate/console/ui';

const THEMES: readonly Option[] = [
  { value: 'system', label: 'As the system', hint: 'Light by day and dark by night, if your system does' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const DENSITIES: readonly Option[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact', hint: 'More rows on the screen' },
];

/** How this browser shows the console. Applies at once; nothing is sent. */
@Component({
  selector: 'tg-preferences-page',
  imports: [ChoiceField, LookupField, SettingsPage, SettingsSection],
  template: `
    <tg-settings-page title="Preferences" subtitle="For this browser, in force at once">
      <div class="all">
        <tg-settings-section anchor="look" title="Look">
          <tg-choice-field label="Theme" [field]="fields.theme" [options]="themes" />
          <tg-choice-field label="Density" [field]="fields.density" [options]="densities" />
        </tg-settings-section>
        <tg-settings-section anchor="time" title="Time" text="Every time is also shown in UTC, in its tooltip.">
          <tg-lookup-field
            label="Time zone"
            [field]="fields.timeZone"
            [search]="zones"
            [optional]="true"
            placeholder="The organization’s"
            hint="Empty = the time zone of the organization you look at"
          />
          <p class="tg-muted" role="status">Times are shown in {{ zone() }}: it is {{ clock() }}.</p>
        </tg-settings-section>
        <tg-settings-section anchor="keys" title="Keyboard">
          <p>
            Press <kbd>?</kbd> anywhere for the list of shortcuts, and <kbd>Ctrl</kbd> <kbd>K</kbd> (on a Mac
            <kbd>⌘</kbd> <kbd>K</kbd>) to find a page or a thing by its name.
          </p>
        </tg-settings-section>
      </div>
    </tg-settings-page>
  `,
  styles: `
    .all {
      display: grid;
      gap: var(--tg-space-5);
      max-inline-size: 720px;
    }
    kbd {
      padding: 1px 6px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 4px;
    }
  `,
})
export class PreferencesPage {
  private readonly preferences = inject(Preferences);
  private readonly now = inject(NOW);
  protected readonly zone = inject(TIME_ZONE);
  protected readonly themes = THEMES;
  protected readonly densities = DENSITIES;
  protected readonly zones = searchTimeZones;

  private readonly model = signal({
    theme: this.preferences.theme() as string,
    density: this.preferences.density() as string,
    timeZone: this.preferences.timeZone() ?? '',
  });
  protected readonly fields = form(this.model);

  constructor() {
    effect(() => {
      const { theme, density, timeZone } = this.model();
      untracked(() =>
        this.preferences.change({ theme: theme as Theme, density: density as Density, timeZone: timeZone || null }),
      );
    });
  }

  protected clock(): string {
    return formatInstant(this.now(), this.zone(), false);
  }
}
