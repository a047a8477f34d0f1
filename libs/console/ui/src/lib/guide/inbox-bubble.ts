import { Component, input } from '@angular/core';
import { Time } from '../display/time';

/** A message as its receiver sees it: a bubble on a phone, or a mail with its subject. */
@Component({
  selector: 'tg-bubble',
  imports: [Time],
  host: { '[attr.data-channel]': 'channel()' },
  template: `
    <div class="head">
      <strong>{{ from() }}</strong>
      @if (at()) {
        <tg-time [value]="at()" mode="relative" />
      }
    </div>
    <div class="bubble">
      @if (subject()) {
        <p class="subject">{{ subject() }}</p>
      }
      <p class="text">{{ text() }}</p>
      <ng-content />
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 4px;
      max-inline-size: 24rem;
    }
    .head {
      display: flex;
      justify-content: space-between;
      gap: var(--tg-space-3);
      font: var(--mat-sys-body-small);
      color: var(--mat-sys-on-surface-variant);
    }
    .bubble {
      padding: var(--tg-space-3) var(--tg-space-4);
      border-radius: 4px 16px 16px 16px;
      background: var(--mat-sys-surface-container-high);
    }
    :host([data-channel='email']) .bubble {
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      background: var(--tg-raised);
    }
    .subject {
      font: var(--mat-sys-title-small);
      margin-block-end: 4px;
    }
    .text {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class InboxBubble {
  readonly from = input.required<string>();
  readonly text = input.required<string>();
  readonly at = input<string | number | null>(null);
  readonly subject = input('');
  readonly channel = input<'sms' | 'email' | 'mobile'>('sms');
}

/** The frame of a phone around bubbles. */
@Component({
  selector: 'tg-phone',
  template: `<div class="ear" aria-hidden="true"></div>
    <div class="screen" tabindex="0" role="region" [attr.aria-label]="label()"><ng-content /></div>`,
  styles: `
    :host {
      display: block;
      inline-size: min(22rem, 100%);
      padding: 12px;
      border-radius: 34px;
      border: 1px solid var(--mat-sys-outline-variant);
      background: var(--mat-sys-surface-container-highest);
    }
    .ear {
      inline-size: 64px;
      block-size: 6px;
      margin: 2px auto 10px;
      border-radius: 999px;
      background: var(--mat-sys-outline-variant);
    }
    .screen {
      display: grid;
      align-content: start;
      gap: var(--tg-space-4);
      min-block-size: 20rem;
      max-block-size: 36rem;
      overflow: auto;
      padding: var(--tg-space-4);
      border-radius: 24px;
      background: var(--tg-raised);
    }
  `,
})
export class PhoneFrame {
  readonly label = input('Messages');
}
