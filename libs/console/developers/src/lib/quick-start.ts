import { DOCUMENT } from '@angular/common';
import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { listApplications, listKeys, listVerifications } from '@tollgate/contracts';
import { ActiveScope, Permissions, apiResource } from '@tollgate/console/platform';
import { Banner, CodeSnippet, GuidePage, Icon } from '@tollgate/console/ui';
import { startSnippets } from './snippets';

/** From nothing to a checked code, with the caller's own address and application in every snippet. */
@Component({
  selector: 'tg-quick-start-page',
  imports: [Banner, CodeSnippet, GuidePage, Icon, MatButton, RouterLink],
  template: `
    <tg-guide-page title="Quick start" subtitle="Your first verified code, in under a minute">
      @if (seen()) {
        <tg-banner tone="success">Verified: we have seen a verification of yours end with the right code.</tg-banner>
      }
      <ol>
        <li>
          <h2>Get a key</h2>
          <p>
            @if (application(); as app) {
              Your application is <strong>{{ app.name }}</strong> (<code>{{ app.id }}</code
              >). {{ keyLine() }}
            } @else {
              Register an application: it is what calls the API.
            }
          </p>
          <a matButton="outlined" [routerLink]="scope.root() + (application() ? '/api-keys' : '/applications')">
            {{ application() ? 'API keys' : 'Applications' }}
          </a>
        </li>
        <li>
          <h2>Start a verification</h2>
          <p>
            Send the phone number or mailbox of your user. Keep the <code>id</code> of the answer. With a test key
            nothing is sent: the code is in the <a [routerLink]="scope.root() + '/test-lab'">test lab</a>.
          </p>
        </li>
        <li>
          <h2>Check the code</h2>
          <p>
            Send what the user typed. The answer is always 200 when the code was evaluated: read <code>valid</code>, and
            <code>reason</code> when it is false. Five wrong codes end it.
          </p>
        </li>
        <li>
          <h2>Before you go live</h2>
          <ul class="notes">
            <li>Send an <code>Idempotency-Key</code>: a repeated call then neither sends nor charges twice.</li>
            <li>On 429 wait for <code>Retry-After</code>; on 402 add credits.</li>
            <li>
              Give <code>client.ip</code> and <code>client.user_ref</code>: limits and the fraud guard count by them.
            </li>
            <li>List the addresses of your servers in the application's network settings.</li>
          </ul>
        </li>
      </ol>
      <p>
        <a href="/docs" target="_blank" rel="noopener"
          >The whole API reference <tg-icon name="open_in_new" [small]="true"
        /></a>
      </p>
      <tg-snippet tgCode label="Start and check" [snippets]="snippets()" />
    </tg-guide-page>
  `,
  styles: `
    ol {
      display: grid;
      gap: var(--tg-space-6);
      padding-inline-start: 1.4em;
      list-style: decimal;
    }
    ol > li::marker {
      font: var(--mat-sys-title-medium);
      color: var(--mat-sys-primary);
    }
    h2 {
      font: var(--mat-sys-title-medium);
    }
    li > p {
      margin-block: var(--tg-space-2) var(--tg-space-3);
    }
    .notes {
      display: grid;
      gap: var(--tg-space-2);
      margin-block-start: var(--tg-space-2);
      padding-inline-start: 1.2em;
      list-style: disc;
    }
  `,
})
export class QuickStartPage {
  protected readonly scope = inject(ActiveScope);
  private readonly permissions = inject(Permissions);
  private readonly origin = inject(DOCUMENT).location.origin;

  private readonly applications = apiResource(listApplications, () => ({ query: { limit: 1 } }));
  private readonly keys = apiResource(listKeys, () =>
    this.permissions.can('keys:read') ? { query: { limit: 1 } } : undefined,
  );
  private readonly approved = ['true', 'false'].map((test) =>
    apiResource(listVerifications, () =>
      this.permissions.can('verifications:read')
        ? { query: { limit: 1, status: 'approved' as const, test: test as 'true' | 'false' } }
        : undefined,
    ),
  );

  protected readonly application = computed(() => this.applications.value()?.data[0] ?? null);
  protected readonly seen = computed(() => this.approved.some((list) => (list.value()?.data.length ?? 0) > 0));
  protected readonly keyLine = computed(() => {
    const [key] = this.keys.value()?.data ?? [];
    return key === undefined
      ? 'Create a test key for it.'
      : 'It has a key already; the secret was shown once, when it was made.';
  });
  protected readonly snippets = computed(() =>
    startSnippets({ baseUrl: this.origin, key: 'YOUR_API_KEY', to: '+27821234567' }),
  );
}
