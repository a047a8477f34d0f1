import { Controller } from '@nestjs/common';
import { HOOK_PATHS } from '@tollgate/contracts';
import { Page, reply, ServePage, type PageRequest } from '@tollgate/api/http';
import { ReceiveHttpReport } from '../callbacks/receive-http-report';
import { ReceiveSendGridEvents } from '../callbacks/receive-sendgrid-events';
import { ReceiveTwilioStatus } from '../callbacks/receive-twilio-status';
import type { Callback } from '../callbacks/callback';

const access = { public: 'The provider proves itself by the token of the address and its signature' };

/** Where delivery providers report to. 204 for whatever is well signed, also when nobody knows the message. */
@Controller()
export class HooksController {
  constructor(
    private readonly twilioStatus: ReceiveTwilioStatus,
    private readonly sendgridEvents: ReceiveSendGridEvents,
    private readonly httpReport: ReceiveHttpReport,
  ) {}

  @ServePage({ method: 'POST', path: HOOK_PATHS.twilio, access })
  async twilio(@Page() page: PageRequest) {
    await this.twilioStatus.execute(callbackOf(page));
    return reply(204, undefined);
  }

  @ServePage({ method: 'POST', path: HOOK_PATHS.sendgrid, access, maxBytes: 1_048_576 })
  async sendgrid(@Page() page: PageRequest) {
    await this.sendgridEvents.execute(callbackOf(page));
    return reply(204, undefined);
  }

  @ServePage({ method: 'POST', path: HOOK_PATHS.http, access })
  async http(@Page() page: PageRequest) {
    await this.httpReport.execute(callbackOf(page));
    return reply(204, undefined);
  }
}

const callbackOf = (page: PageRequest): Callback => ({
  token: page.params['token'] ?? '',
  url: page.url,
  query: page.query,
  headers: page.headers,
  rawBody: page.rawBody,
  form: () => page.form(),
  json: () => page.json(),
});
