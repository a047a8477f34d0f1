import { Component, input } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { PageHeader } from '../page-header';
import type { Crumb, Tab } from '../page-header';

/*
 * The eight templates that pages are made of. Each is a frame with named places; what is projected without a place is
 * the content. Acts of the head go to `[tgAct]`, status and meta to `[tgStatus]` and `[tgMeta]`.
 */

const GRID = `
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--tg-space-4);
  }
  tg-page-header {
    margin-block-end: 0;
  }
`;

/** List: head, what stands above (tiles, banners: `[tgAbove]`), the table. */
@Component({
  selector: 'tg-list-page',
  imports: [PageHeader],
  template: `<tg-page-header [title]="title()" [subtitle]="subtitle()" [crumbs]="crumbs()">
      <ng-content select="[tgStatus]" ngProjectAs="[tgStatus]" />
      <ng-content select="[tgMeta]" ngProjectAs="[tgMeta]" />
      <ng-content select="[tgAct]" />
    </tg-page-header>
    <ng-content select="[tgAbove]" /><ng-content />`,
  styles: GRID,
})
export class ListPage {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  readonly crumbs = input<readonly Crumb[]>([]);
}

/** Log explorer: head, guide (`[tgGuide]`), histogram (`[tgAbove]`), the table and its side sheet. */
@Component({
  selector: 'tg-log-page',
  imports: [PageHeader],
  template: `<tg-page-header [title]="title()" [subtitle]="subtitle()" [crumbs]="crumbs()">
      <ng-content select="[tgStatus]" ngProjectAs="[tgStatus]" />
      <ng-content select="[tgMeta]" ngProjectAs="[tgMeta]" />
      <ng-content select="[tgAct]" />
    </tg-page-header>
    <ng-content select="[tgGuide]" /><ng-content select="[tgAbove]" /><ng-content />`,
  styles: GRID,
})
export class LogPage {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  readonly crumbs = input<readonly Crumb[]>([]);
}

/** Detail with tabs: head with tabs; the tab is the child route. */
@Component({
  selector: 'tg-detail-page',
  imports: [PageHeader, RouterOutlet],
  template: `<tg-page-header [title]="title()" [subtitle]="subtitle()" [crumbs]="crumbs()" [tabs]="tabs()">
      <ng-content select="[tgStatus]" ngProjectAs="[tgStatus]" />
      <ng-content select="[tgMeta]" ngProjectAs="[tgMeta]" />
      <ng-content select="[tgAct]" />
    </tg-page-header>
    <ng-content /><router-outlet />`,
  styles: GRID,
})
export class DetailPage {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  readonly crumbs = input<readonly Crumb[]>([]);
  readonly tabs = input.required<readonly Tab[]>();
}

/** Settings form: head, `tg-form bar="sticky"` of sections. */
@Component({
  selector: 'tg-settings-page',
  imports: [PageHeader],
  template: `<tg-page-header [title]="title()" [subtitle]="subtitle()" [crumbs]="crumbs()">
      <ng-content select="[tgStatus]" ngProjectAs="[tgStatus]" />
      <ng-content select="[tgMeta]" ngProjectAs="[tgMeta]" />
      <ng-content select="[tgAct]" />
    </tg-page-header>
    <div class="body"><ng-content /></div>`,
  styles: `
    ${GRID}
    .body {
      max-inline-size: 1080px;
    }
  `,
})
export class SettingsPage {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  readonly crumbs = input<readonly Crumb[]>([]);
}

/** Report: head, range and filters (`[tgRange]`), tiles (`[tgTiles]`), charts in two columns. */
@Component({
  selector: 'tg-report-page',
  imports: [PageHeader],
  template: `
    <tg-page-header [title]="title()" [subtitle]="subtitle()" [crumbs]="crumbs()">
      <ng-content select="[tgStatus]" ngProjectAs="[tgStatus]" />
      <ng-content select="[tgMeta]" ngProjectAs="[tgMeta]" />
      <ng-content select="[tgAct]" />
    </tg-page-header>
    <div class="range"><ng-content select="[tgRange]" /></div>
    <ng-content select="[tgAbove]" />
    <div class="tiles"><ng-content select="[tgTiles]" /></div>
    <div class="charts"><ng-content /></div>
  `,
  styles: `
    ${GRID}
    .range {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--tg-space-2);
    }
    .range:empty,
    .tiles:empty {
      display: none;
    }
    .tiles {
      display: grid;
      gap: var(--tg-space-3);
      grid-template-columns: repeat(auto-fill, minmax(min(calc(50% - var(--tg-space-3)), 12.5rem), 1fr));
    }
    .charts {
      display: grid;
      gap: var(--tg-space-4);
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
    }
  `,
})
export class ReportPage {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  readonly crumbs = input<readonly Crumb[]>([]);
}

/** Wizard: head and a `tg-stepper`, with a word beside it (`[tgAside]`). */
@Component({
  selector: 'tg-wizard-page',
  imports: [PageHeader],
  template: `
    <tg-page-header [title]="title()" [subtitle]="subtitle()" [crumbs]="crumbs()">
      <ng-content select="[tgStatus]" ngProjectAs="[tgStatus]" />
      <ng-content select="[tgMeta]" ngProjectAs="[tgMeta]" />
      <ng-content select="[tgAct]" />
    </tg-page-header>
    <div class="split">
      <div><ng-content /></div>
      <aside><ng-content select="[tgAside]" /></aside>
    </div>
  `,
  styles: `
    ${GRID}
    .split {
      display: grid;
      gap: var(--tg-space-8);
      grid-template-columns: minmax(0, 1fr);
    }
    @media (min-width: 1200px) {
      .split:has(aside > *) {
        grid-template-columns: minmax(0, 760px) minmax(16rem, 1fr);
      }
    }
  `,
})
export class WizardPage {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  readonly crumbs = input<readonly Crumb[]>([]);
}

/** Guide: head, text of at most 72 characters a line, code beside it on wide screens (`[tgCode]`). */
@Component({
  selector: 'tg-guide-page',
  imports: [PageHeader],
  template: `
    <tg-page-header [title]="title()" [subtitle]="subtitle()" [crumbs]="crumbs()">
      <ng-content select="[tgStatus]" ngProjectAs="[tgStatus]" />
      <ng-content select="[tgMeta]" ngProjectAs="[tgMeta]" />
      <ng-content select="[tgAct]" />
    </tg-page-header>
    <div class="split">
      <div class="text"><ng-content /></div>
      <div class="code"><ng-content select="[tgCode]" /></div>
    </div>
  `,
  styles: `
    ${GRID}
    .split {
      display: grid;
      gap: var(--tg-space-8);
      grid-template-columns: minmax(0, 1fr);
    }
    .text {
      display: grid;
      align-content: start;
      gap: var(--tg-space-4);
      font: var(--mat-sys-body-large);
      max-inline-size: 72ch;
    }
    .code {
      display: grid;
      align-content: start;
      gap: var(--tg-space-4);
      min-inline-size: 0;
    }
    @media (min-width: 1200px) {
      .split:has(.code > *) {
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      }
      .code {
        position: sticky;
        inset-block-start: 72px;
        align-self: start;
      }
    }
  `,
})
export class GuidePage {
  readonly title = input.required<string>();
  readonly subtitle = input('');
  readonly crumbs = input<readonly Crumb[]>([]);
}

/** One dangerous act: what it does, and its button. For the danger template and the end of settings. */
@Component({
  selector: 'tg-danger-act',
  template: `
    <div class="words">
      <h3>{{ title() }}</h3>
      <p>{{ text() }}</p>
    </div>
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--tg-space-3);
      padding: var(--tg-space-4) var(--tg-space-5);
    }
    :host + :host {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    .words {
      flex: 1 1 20rem;
    }
    p {
      color: var(--mat-sys-on-surface-variant);
      max-inline-size: 68ch;
    }
  `,
})
export class DangerAct {
  readonly title = input.required<string>();
  readonly text = input.required<string>();
}

/** Danger: head and a framed list of `tg-danger-act`. Without a title it is a section of another page. */
@Component({
  selector: 'tg-danger-zone',
  template: `
    <section [attr.aria-label]="title()">
      <h2>{{ title() }}</h2>
      <div class="acts"><ng-content /></div>
    </section>
  `,
  styles: `
    section {
      display: grid;
      gap: var(--tg-space-3);
    }
    .acts {
      border: 1px solid var(--mat-sys-error);
      border-radius: 12px;
      background: var(--tg-raised);
    }
  `,
})
export class DangerZone {
  readonly title = input('Danger zone');
}
