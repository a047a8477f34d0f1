import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState, PageHeader } from '@tollgate/console/ui';

/** No such page, or not for the caller: the two look alike on purpose. */
@Component({
  selector: 'tg-not-found',
  imports: [EmptyState, MatButton, PageHeader, RouterLink],
  template: `
    <tg-page-header title="Not found" />
    <tg-empty-state
      icon="explore"
      title="There is nothing here"
      text="The address is wrong, or what it named is gone, or it is not yours."
    >
      <a matButton="filled" routerLink="/">Go to the start page</a>
    </tg-empty-state>
  `,
})
export class NotFound {}
