import { DOCUMENT, Service, computed, effect, inject, signal } from '@angular/core';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

interface Kept {
  readonly theme: Theme;
  readonly density: Density;
  /** IANA zone, or null for the organization's. */
  readonly timeZone: string | null;
  readonly rail: 'wide' | 'narrow';
}

const KEY = 'tollgate.preferences';
const DEFAULTS: Kept = { theme: 'system', density: 'comfortable', timeZone: null, rail: 'wide' };

/** How this browser shows the console. `appearance.js` reads the same record before the first paint. */
@Service()
export class Preferences {
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly kept = signal<Kept>(read());

  readonly theme = computed(() => this.kept().theme);
  readonly density = computed(() => this.kept().density);
  readonly timeZone = computed(() => this.kept().timeZone);
  readonly rail = computed(() => this.kept().rail);

  constructor() {
    effect(() => {
      const { theme, density } = this.kept();
      if (theme === 'system') delete this.root.dataset['theme'];
      else this.root.dataset['theme'] = theme;
      this.root.dataset['density'] = density;
    });
  }

  change(change: Partial<Kept>): void {
    this.kept.update((kept) => ({ ...kept, ...change }));
    try {
      localStorage.setItem(KEY, JSON.stringify(this.kept()));
    } catch {
      // A browser that keeps nothing for us: the choice lasts until the page is closed.
    }
  }
}

function read(): Kept {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
  } catch {
    return DEFAULTS;
  }
}
