import { Component, InjectionToken, computed, effect, inject, input, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { CountPipe } from './display/credits';
import { Icon } from './icon';

export interface Crumb {
  readonly label: string;
  /** Router commands or a path; relative ones start from the page. */
  readonly link: string | readonly unknown[];
}

export interface Tab {
  readonly label: string;
  /** Relative to the page of the tabs: `'overview'`. */
  readonly link: string;
  readonly count?: number | null;
}

/** Where the breadcrumbs begin: the scope. Set by the shell. */
export const SCOPE_CRUMB = new InjectionToken<Signal<Crumb | null>>('scope crumb', {
  providedIn: 'root',
  factory: () => signal(null),
});

/**
 * The head of every page: breadcrumbs, title (the `h1` that takes the focus after navigation, and the title of the
 * document), status, a meta line, acts and tabs. Projected: `[tgStatus]`, `[tgMeta]`, the acts.
 *
 *     <tg-page-header title="Applications"><a matButton="filled" routerLink="new">Register application</a></tg-page-header>
 */
@Component({
  selector: 'tg-page-header',
  imports: [CountPipe, Icon, RouterLink, RouterLinkActive],
  template: `
    @if (trail().length) {
      <nav class="crumbs" aria-label="Breadcrumbs">
        <ol>
          @for (crumb of trail(); track $index) {
            <li>
              <a [routerLink]="$any(crumb.link)">{{ crumb.label }}</a><tg-icon name="chevron_right" [small]="true" />
            </li>
          }
          <li aria-current="page">{{ title() }}</li>
        </ol>
      </nav>
    }
    <div class="head">
      <div class="what">
        <div class="line">
          <h1 tabindex="-1">{{ title() }}</h1>
          <ng-content select="[tgStatus]" />
        </div>
        @if (subtitle()) {
          <p class="subtitle">{{ subtitle() }}</p>
        }
        <div class="meta"><ng-content select="[tgMeta]" /></div>
      </div>
      <div class="acts"><ng-content /></div>
    </div>
    @if (tabs().length) {
      <nav #strip class="tabs" [attr.aria-label]="'Parts of ' + title()">
        @for (tab of tabs(); track tab.link) {
          <a
            #one
            [routerLink]="tab.link"
            routerLinkActive="active"
            ariaCurrentWhenActive="page"
            class="tab"
            (isActiveChange)="$event && bring(one, strip)"
            >{{ tab.label }}
            @if (tab.count !== undefined && tab.count !== null) {
              <span class="count">{{ tab.count | count }}</span>
            }
          </a>
        }
      </nav>
    }
  `,
  styleUrl: './page-header.css',
})
export class PageHeader {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  /** The pages above this one, without the scope. */
  readonly crumbs = input<readonly Crumb[]>([]);
  readonly tabs = input<readonly Tab[]>([]);
  private readonly scope = inject(SCOPE_CRUMB);
  private readonly document = inject(Title);

  protected readonly trail = computed(() => {
    const scope = this.scope();
    return scope ? [scope, ...this.crumbs()] : this.crumbs();
  });

  constructor() {
    effect(() => this.document.setTitle(`${this.title()} · Tollgate`));
  }

  /** The tab that one is at, to the middle of a strip that is too narrow for all. */
  protected bring(tab: HTMLElement, strip: HTMLElement): void {
    strip.scrollLeft = tab.offsetLeft - strip.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
  }
}
