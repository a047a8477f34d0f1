import { Component, effect, input, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';

/**
 * A mail as its reader sees it: a page of its own from our API, because its styles are not the console's and the
 * policy of the console would refuse them. In the frame nothing runs, and it belongs to no origin.
 */
@Component({
  selector: 'tg-mail-frame',
  template: `<iframe #frame sandbox="" [title]="subject()"></iframe>`,
  styles: `
    iframe {
      inline-size: 100%;
      block-size: 22rem;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      background: white;
    }
  `,
})
export class MailFrame {
  readonly messageId = input.required<string>();
  readonly subject = input.required<string>();
  private readonly frame = viewChild.required<ElementRef<HTMLIFrameElement>>('frame');

  constructor() {
    // Not bound: Angular takes no address of a frame unless it is told to trust it, by a policy that we do not allow.
    effect(() => {
      this.frame().nativeElement.src = `/v1/messages/${encodeURIComponent(this.messageId())}/mail`;
    });
  }
}
