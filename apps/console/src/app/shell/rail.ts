import { Component, computed, inject, input, output } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Session } from '@tollgate/console/platform';
import { Icon } from '@tollgate/console/ui';
import type { PageEntry } from '../pages';
import { Places } from '../places';

/** The navigation of the present scope, by the caller's permissions: labelled, or icons alone. */
@Component({
  selector: 'tg-rail',
  imports: [Icon, MatTooltip, RouterLink, RouterLinkActive],
  host: { '[class.narrow]': 'narrow()' },
  template: `
    <nav #list aria-label="Main">
      @for (group of groups(); track group.name) {
        @if (group.name) {
          <h2 class="group">{{ group.name }}</h2>
        }
        <ul>
          @for (page of group.pages; track page.path) {
            <li>
              <a
                #one
                [routerLink]="places.linkOf(page)"
                routerLinkActive="active"
                ariaCurrentWhenActive="page"
                (isActiveChange)="$event && bring(one, list)"
                [attr.aria-label]="narrow() ? page.label : null"
                [matTooltip]="narrow() ? page.label : ''"
                matTooltipPosition="right"
              >
                <tg-icon [name]="page.icon" />
                <span class="label">{{ page.label }}</span>
              </a>
            </li>
          }
        </ul>
      }
    </nav>
    <footer>
      <span class="label">{{ says() }}</span>
      <button type="button" aria-label="Keyboard help" (click)="help.emit()"><kbd>?</kbd></button>
    </footer>
  `,
  styleUrl: './rail.css',
})
export class Rail {
  readonly narrow = input(false);
  readonly help = output<void>();
  protected readonly places = inject(Places);
  private readonly session = inject(Session);

  protected readonly groups = computed(() => {
    const groups: { name: string; pages: PageEntry[] }[] = [];
    for (const page of this.places.pages()) {
      if (page.unlisted) continue;
      const last = groups.at(-1);
      if (last?.name === page.group) last.pages.push(page);
      else groups.push({ name: page.group, pages: [page] });
    }
    return groups;
  });
  /** The page that one is on, into sight of a list that is longer than the screen. */
  protected bring(link: HTMLElement, list: HTMLElement): void {
    const end = link.offsetTop - list.offsetTop + link.offsetHeight;
    if (end > list.scrollTop + list.clientHeight) list.scrollTop = end - list.clientHeight / 2;
  }

  protected readonly says = computed(() => {
    const environment = this.session.view()?.environment;
    if (!environment) return '';
    return environment.profile === 'production'
      ? `Version ${environment.version}`
      : `${environment.version} · ${environment.profile} profile`;
  });
}
