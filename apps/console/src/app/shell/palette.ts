import { Component, computed, inject, signal } from '@angular/core';
import { MatDialogRef } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { Icon } from '@tollgate/console/ui';
import type { IconName } from '@tollgate/console/ui';
import { Places } from '../places';
import { ObjectSearch } from './object-search';
import type { FoundObject } from './object-search';

interface Entry {
  readonly group: string;
  readonly label: string;
  readonly hint: string;
  readonly icon: IconName;
  readonly link: string;
}

const PAUSE_MS = 150;
const MOST_PAGES = 7;

/** Search or go to: pages of this and the other scopes at once, objects from the server as it answers. */
@Component({
  selector: 'tg-palette',
  imports: [Icon],
  templateUrl: './palette.html',
  styleUrl: './palette.css',
})
export class Palette {
  private readonly places = inject(Places);
  private readonly objects = inject(ObjectSearch);
  private readonly router = inject(Router);
  private readonly ref = inject<MatDialogRef<Palette>>(MatDialogRef);
  protected readonly text = signal('');
  protected readonly active = signal(0);
  protected readonly searching = signal(false);
  private readonly found = signal<readonly FoundObject[]>([]);
  private turns = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected readonly entries = computed<readonly Entry[]>(() => {
    const words = this.text().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
    const pages = this.places
      .pages()
      .filter((page) => fits(`${page.label} ${page.group} ${page.words ?? ''}`))
      .map((page) => ({
        group: 'Pages',
        label: page.label,
        hint: page.group,
        icon: page.icon,
        link: this.places.linkOf(page),
      }));
    const scopes = this.places
      .places()
      .filter((place) => fits(`${place.label} ${place.hint}`))
      .map((place) => ({
        group: 'Places',
        label: place.label,
        hint: place.hint,
        icon: 'layers' as const,
        link: place.link,
      }));
    const objects = this.found().map((one) => ({ ...one, group: 'Found' }));
    return [...pages.slice(0, words.length > 0 ? MOST_PAGES : 50), ...objects, ...scopes];
  });

  protected look(text: string): void {
    this.text.set(text);
    this.active.set(0);
    clearTimeout(this.timer);
    const turn = ++this.turns;
    if (text.trim().length < 2) return this.found.set([]);
    this.searching.set(true);
    this.timer = setTimeout(() => {
      void this.objects.search(text.trim()).then((found) => {
        if (turn !== this.turns) return;
        this.found.set(found);
        this.searching.set(false);
      });
    }, PAUSE_MS);
  }

  protected move(by: number, event: Event): void {
    event.preventDefault();
    const count = this.entries().length;
    if (count === 0) return;
    this.active.update((at) => (at + by + count) % count);
    document.getElementById(`tg-palette-${this.active()}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected go(entry: Entry | undefined): void {
    if (!entry) return;
    this.ref.close();
    void this.router.navigateByUrl(entry.link);
  }
}
