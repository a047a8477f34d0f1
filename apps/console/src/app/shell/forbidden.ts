import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Permissions } from '@tollgate/console/platform';
import { EmptyState, PageHeader } from '@tollgate/console/ui';
import type { PageEntry } from '../pages';

/** A page that exists and that the caller's role does not show: says which permission it takes. */
@Component({
  selector: 'tg-forbidden',
  imports: [EmptyState, MatButton, PageHeader, RouterLink],
  template: `
    <tg-page-header [title]="page()?.label ?? 'Not for you'" />
    <tg-empty-state icon="lock" title="Your role does not show this page" [text]="why()">
      <a matButton="filled" routerLink="/">Go to the start page</a>
    </tg-empty-state>
  `,
})
export class Forbidden {
  /** From the route's data. */
  readonly page = input<PageEntry>();
  private readonly permissions = inject(Permissions);
  protected readonly why = computed(() => {
    const permission = this.page()?.permission;
    return (permission && this.permissions.refusal(permission)) || 'Ask an owner or admin if you need it.';
  });
}
