import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CodeSnippet, DiffView, InboxBubble, JsonView, PhoneFrame, SecretOnce, Timeline } from '@tollgate/console/ui';
import type { TimelineEvent } from '@tollgate/console/ui';

@Component({
  selector: 'tg-gallery-code',
  imports: [CodeSnippet, DiffView, InboxBubble, JsonView, MatButton, PhoneFrame, Timeline],
  template: `
    <div class="tg-grid">
      <tg-snippet [snippets]="snippets" secret="tg_test_6f1c9e8d7b2a4035" />
      <tg-json [value]="json" label="Verification" />
      <tg-diff [changes]="changes" />
      <tg-diff [changes]="[]" />
      <div class="tg-card"><tg-timeline [events]="events" /></div>
      <tg-phone label="Outbox">
        <tg-bubble from="TOLLGATE" [at]="now" text="482913 is your Acme code.&#10;@acme.example #482913" />
        <tg-bubble
          from="Acme <no-reply@acme.example>"
          channel="email"
          subject="Your code"
          [at]="now - 9000000"
          text="Your code is 482913. It lives for 15 minutes."
        />
      </tg-phone>
    </div>
    <div><button matButton="outlined" type="button" (click)="secret()">Show a secret once</button></div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-3);
    }
    .tg-grid {
      --tg-grid-min: 26rem;
      align-items: start;
    }
  `,
})
export class GalleryCode {
  private readonly secretOnce = inject(SecretOnce);
  protected readonly now = Date.now();
  protected readonly snippets = [
    {
      language: 'curl',
      code: `curl https://verify.example.com/v1/verifications \\\n  -H "Authorization: Bearer YOUR_API_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '{"to": "+27821234567", "channel": "sms"}'`,
    },
    {
      language: 'TypeScript',
      code: `const tollgate = new Tollgate({ key: 'YOUR_API_KEY' });\nawait tollgate.startVerification({ to: '+27821234567', channel: 'sms' });`,
    },
    { language: 'Python', code: `import requests` },
    { language: 'PHP', code: `<?php` },
  ];
  protected readonly json = {
    id: 'vrf_01KAMCX4E8S0N6R2V5T9W3Y7ZB',
    status: 'pending',
    checks_remaining: 5,
    test: false,
    credits: { charged: 5000, held: 1000 },
    reason: null,
  };
  protected readonly changes = [
    { field: 'name', before: 'Web shop', after: 'Web shop (new)' },
    { field: 'allowed_addresses', before: ['203.0.113.7'], after: ['203.0.113.0/24', '198.51.100.4'] },
    { field: 'base_url', before: null, after: 'https://shop.example.com' },
  ];
  protected readonly events: readonly TimelineEvent[] = [
    {
      id: '1',
      at: this.now - 300_000,
      title: 'Requested',
      icon: 'add',
      text: 'By key tg_live_…4f2a',
      facts: [
        ['Address', '203.0.113.7'],
        ['Country', 'ZA'],
      ],
    },
    {
      id: '2',
      at: this.now - 299_000,
      title: 'Allowed',
      icon: 'shield',
      tone: 'success',
      text: 'No rule of the fraud guard refused it',
    },
    {
      id: '3',
      at: this.now - 298_000,
      title: 'Sent by twilio',
      icon: 'send',
      tone: 'info',
      status: 'delivered',
      facts: [['Took', '1.2 s']],
    },
    { id: '4', at: this.now - 250_000, title: 'Wrong code', icon: 'close', tone: 'danger', text: '4 checks left' },
    {
      id: '5',
      at: this.now - 240_000,
      title: 'Approved',
      icon: 'verified',
      tone: 'success',
      facts: [['Charged', '1 credit']],
    },
  ];

  protected secret(): void {
    void this.secretOnce.show({
      title: 'Key created',
      text: 'Copy the key now. It is shown once and cannot be read back.',
      secrets: ['tg_live_6f1c9e8d7b2a40359c11d0e2f3a4b5c6'],
    });
  }
}
