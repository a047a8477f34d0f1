import { Component, Directive, TemplateRef, computed, contentChild, inject, input } from '@angular/core';
import { NgTemplateOutlet } from '@angular/common';
import type { Signal } from '@angular/core';
import type { Problem } from '../problem';
import { Failed } from './failed';
import { Skeleton } from './skeleton';

/** Anything that is read from the server: `apiResource` of the platform, or a literal in a spec. */
export interface Source<T> {
  /** The newest answer; the one before while another is on its way. */
  readonly value: Signal<T | undefined>;
  readonly loading: Signal<boolean>;
  readonly problem: Signal<Problem | undefined>;
  reload(): void;
}

/** The content of a `tg-region`, with the loaded value: `<ng-template [tgLoaded]="resource" let-value>`. */
@Directive({ selector: 'ng-template[tgLoaded]' })
export class Loaded<T> {
  readonly source = input.required<Source<T>>({ alias: 'tgLoaded' });
  readonly template = inject<TemplateRef<{ $implicit: T }>>(TemplateRef);
  static ngTemplateContextGuard<T>(_: Loaded<T>, _context: unknown): _context is { $implicit: T } {
    return true;
  }
}

/**
 * One region of a page with its own boundary: skeleton, failure with retry, or content. A failure here blanks nothing
 * else.
 *
 *     <tg-region what="the balance"><ng-template [tgLoaded]="balance" let-b>{{ b.available | credits }}</ng-template></tg-region>
 */
@Component({
  selector: 'tg-region',
  imports: [Failed, NgTemplateOutlet, Skeleton],
  host: { '[attr.aria-busy]': 'source().loading()' },
  template: `
    @if (source().problem(); as problem) {
      <tg-failed class="tg-card failed" [problem]="problem" [what]="what()" (retry)="source().reload()" />
    } @else if (context(); as context) {
      <ng-container [ngTemplateOutlet]="loaded().template" [ngTemplateOutletContext]="context" />
    } @else {
      <tg-skeleton [lines]="lines()" />
    }
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    .failed {
      padding: var(--tg-space-4);
    }
  `,
})
export class Region<T> {
  readonly what = input('this');
  readonly lines = input(4);
  protected readonly loaded = contentChild.required<Loaded<T>>(Loaded);
  protected readonly source = computed(() => this.loaded().source());
  protected readonly context = computed(() => {
    const value = this.source().value();
    return value === undefined ? null : { $implicit: value };
  });
}
