import { Injectable } from '@nestjs/common';
import { StaffMail } from '@tollgate/api/messaging';
import { UserDirectory } from '@tollgate/api/users';
import { UnitOfWork } from '@tollgate/api/database';
import { field, notice } from '../pages/form-parts';
import { markup } from '../pages/markup';
import {
  stepError,
  type SetupStep,
  type StepContext,
  type StepFault,
  type StepFields,
  type StepOutcome,
  type StepView,
} from './setup-step';

/** Delivery: says where messages go until a provider is set up, and sends a test through whatever serves mail now. */
@Injectable()
export class DeliveryStep implements SetupStep {
  readonly key = 'delivery';
  readonly title = 'Delivery';

  constructor(
    private readonly mail: StaffMail,
    private readonly users: UserDirectory,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  view(context: StepContext, fields: StepFields, fault: StepFault | null): Promise<StepView> {
    return Promise.resolve({
      heading: 'Try the delivery of messages',
      lead: 'Until a provider is set up, messages go to the embedded outbox: a page of the console under System, Messages. Nothing leaves this machine.',
      body: [
        notice(
          'info',
          markup`<p>Twilio, SendGrid, SMTP, Fast2SMS and any HTTP gateway are added in the console under System, Delivery providers, each with a test of its own.</p>`,
        ),
        field({
          name: 'to',
          label: 'Send a test message to',
          type: 'email',
          autocomplete: 'email',
          value: fields['to'] ?? context.caller.label,
          ...stepError(fault, 'to'),
        }),
      ],
      submit: 'Send a test message',
      skip: 'Go on without a test',
    });
  }

  async submit(context: StepContext, fields: StepFields): Promise<StepOutcome> {
    const to = this.users.canonicalEmail(fields['to'] ?? '');
    if (to === null) {
      return { kind: 'again', status: 422, field: 'to', message: 'Give an address such as ann@example.com.' };
    }
    await this.unitOfWork.run(() =>
      this.mail.queue({
        organizationId: context.caller.organizationId,
        to,
        template: 'test',
        variables: { application: 'Tollgate' },
      }),
    );
    return {
      kind: 'show',
      heading: 'The test message is on its way',
      body: notice(
        'success',
        markup`<p>It goes to <strong>${to}</strong> through the provider that serves mail now. The console shows under System, Messages, how it fared.</p>`,
      ),
    };
  }
}
