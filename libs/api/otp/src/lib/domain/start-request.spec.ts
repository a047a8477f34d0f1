import type { StartBody } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';
import { readStartRequest } from './start-request';

function refusal(body: StartBody): { code: string; param: string | undefined } {
  try {
    readStartRequest(body);
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, param: error.details.param };
    throw error;
  }
  return { code: 'accepted', param: undefined };
}

const FACTOR = 'fct_01JA0000000000000000000000';

describe('what a start asks for', () => {
  it('takes the channel from the destination', () => {
    expect(readStartRequest({ to: '+27821234567' })).toMatchObject({ steps: [{ channel: 'sms' }] });
    expect(readStartRequest({ to: 'a@b.co', channel: 'auto' })).toMatchObject({ steps: [{ channel: 'email' }] });
  });

  it('orders the fallbacks, each to its own destination or to `to`', () => {
    const request = readStartRequest({
      to: '+27821234567',
      channel: 'auto',
      workflow: [
        { channel: 'sms', timeout_s: 45 },
        { channel: 'email', to: 'a@b.co' },
      ],
    });
    expect(request).toMatchObject({
      destination: { to: '+27821234567' },
      steps: [
        { channel: 'sms', destination: { to: '+27821234567' }, timeoutMs: 45_000 },
        { channel: 'email', destination: { to: 'a@b.co' }, timeoutMs: 30_000 },
      ],
    });
  });

  it('takes the destination of the first step when there is no `to`', () => {
    const request = readStartRequest({ channel: 'auto', workflow: [{ channel: 'email', to: 'a@b.co' }] });
    expect(request).toMatchObject({ destination: { to: 'a@b.co' } });
  });

  it.each([
    [{ to: '+27821234567', channel: 'sms', workflow: [{ channel: 'sms' }] }, 'workflow'],
    [{ to: '+27821234567', channel: 'auto', workflow: [{ channel: 'email' }] }, 'workflow.0'],
    [{ to: '+27821234567', channel: 'auto', workflow: [{ channel: 'email', to: 'a@b.co' }] }, 'to'],
  ] satisfies [StartBody, string][])('refuses the workflow of %j', (body, param) => {
    expect(refusal(body)).toEqual({ code: 'invalid_workflow', param });
  });

  it.each([
    [{}, 'to'],
    [{ channel: 'mobile' }, 'factor_id'],
    [{ channel: 'sms', factor_id: FACTOR }, 'factor_id'],
    [{ channel: 'mobile', factor_id: FACTOR, to: '+27821234567' }, 'to'],
    [{ channel: 'mobile', factor_id: FACTOR, code: { length: 6 } }, 'code'],
    [{ channel: 'mobile', factor_id: FACTOR, template: 'x' }, 'template'],
    [{ channel: 'mobile', factor_id: FACTOR, workflow: [{ channel: 'sms' }] }, 'workflow'],
  ] satisfies [StartBody, string][])('refuses %j as not valid', (body, param) => {
    expect(refusal(body)).toEqual({ code: 'validation_failed', param });
  });

  it('refuses a destination that the channel cannot reach', () => {
    expect(refusal({ to: 'a@b.co', channel: 'sms' }).code).toBe('invalid_destination');
  });
});
