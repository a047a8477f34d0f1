import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { notice } from '../pages/form-parts';
import { markup } from '../pages/markup';
import type { SetupStep, StepContext, StepOutcome, StepView } from './setup-step';

/**
 * The public address. It is a setting of the server and not of the database: links in mails, cookies and callback
 * signatures hang on it before anybody could sign in to change it. The step shows what it is, and whether it fits.
 */
@Injectable()
export class AddressStep implements SetupStep {
  readonly key = 'address';
  readonly title = 'Public address';

  constructor(private readonly config: Config) {}

  view(context: StepContext): Promise<StepView> {
    const { publicUrl } = this.config;
    const url = new URL(publicUrl);
    const differs = context.host !== null && context.host.toLowerCase() !== url.host;
    const plain = url.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    return Promise.resolve({
      heading: 'Check the public address',
      lead: 'Links in mails, sign-in cookies and the callbacks of providers use this address, and never the one that a browser happens to send.',
      body: markup`<dl class="facts"><div><dt>Public address</dt><dd>${publicUrl}</dd></div>
<div><dt>Your browser is at</dt><dd>${context.host ?? 'unknown'}</dd></div></dl>
${
  differs &&
  notice(
    'warning',
    markup`<p>These differ. If people will come through <strong>${context.host}</strong>, set <code>TOLLGATE_PUBLIC_URL</code> to it and restart; set-up goes on where it was.</p>`,
  )
}${
        plain &&
        notice(
          'warning',
          markup`<p>Plain http: browsers keep sign-in cookies only on https and on this machine itself. Put a proxy with a certificate in front before others sign in.</p>`,
        )
      }`,
      submit: 'The address is right',
    });
  }

  submit(): Promise<StepOutcome> {
    return Promise.resolve({ kind: 'next' });
  }
}
