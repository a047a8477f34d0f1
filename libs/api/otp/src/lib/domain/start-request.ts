import type { StartBody } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';
import { channelFor, readDestination, readDestinationFor, type Destination } from './destination';

/** One send of a workflow: where to, and how long it has before the next takes over. */
export interface Step {
  readonly channel: 'sms' | 'email';
  readonly destination: Destination;
  readonly timeoutMs: number;
}

/** What a start asks for, after every rule that needs nothing but the request. */
export type StartRequest =
  | { readonly kind: 'authenticator'; readonly factorId: string }
  | { readonly kind: 'message'; readonly destination: Destination; readonly steps: readonly [Step, ...Step[]] };

const DEFAULT_TIMEOUT_S = 30;

function refuse(param: string, message: string): never {
  throw new DomainError('validation_failed', { param, issues: [{ path: param, message }] });
}

function authenticator(body: StartBody): StartRequest {
  if (body.factor_id === undefined) refuse('factor_id', 'is needed for the channel mobile');
  if (body.channel !== undefined && body.channel !== 'mobile') refuse('factor_id', 'belongs to the channel mobile');
  for (const member of ['to', 'code', 'template', 'variables', 'workflow'] as const) {
    // Nothing is sent and the app makes the code, so none of these could be honoured.
    if (body[member] !== undefined) refuse(member, 'does not belong to the channel mobile');
  }
  return { kind: 'authenticator', factorId: body.factor_id };
}

function stepsOf(to: Destination | null, body: StartBody): Step[] {
  return (body.workflow ?? []).map((step, index) => {
    const param = `workflow.${index}`;
    const timeoutMs = (step.timeout_s ?? DEFAULT_TIMEOUT_S) * 1000;
    if (step.to !== undefined) {
      return { channel: step.channel, destination: readDestinationFor(step.channel, step.to), timeoutMs };
    }
    if (to === null || channelFor(to) !== step.channel) {
      throw new DomainError('invalid_workflow', { param, detail: `Step ${index + 1} needs a destination of its own` });
    }
    return { channel: step.channel, destination: to, timeoutMs };
  });
}

function workflow(body: StartBody): StartRequest {
  if (body.channel !== undefined && body.channel !== 'auto') {
    throw new DomainError('invalid_workflow', { param: 'workflow', detail: 'A workflow belongs to the channel auto' });
  }
  const to = body.to === undefined ? null : readDestination(body.to);
  const [first, ...rest] = stepsOf(to, body);
  if (first === undefined) throw new DomainError('invalid_workflow', { param: 'workflow' });
  // A `to` that no step writes to would be what limits count and checks look for, and nobody would get the code there.
  if (to !== null && ![first, ...rest].some((step) => step.destination.to === to.to)) {
    throw new DomainError('invalid_workflow', { param: 'to', detail: 'No step of the workflow sends to `to`' });
  }
  return { kind: 'message', destination: to ?? first.destination, steps: [first, ...rest] };
}

/**
 * Reads the body of a start: which channel, where to, which fallbacks.
 * @throws validation_failed, invalid_workflow, invalid_destination, unsupported_line_type
 */
export function readStartRequest(body: StartBody): StartRequest {
  if (body.channel === 'mobile' || body.factor_id !== undefined) return authenticator(body);
  if (body.workflow !== undefined) return workflow(body);
  if (body.to === undefined) refuse('to', 'is needed');
  const asked = body.channel === undefined || body.channel === 'auto' ? null : body.channel;
  const destination = asked === null ? readDestination(body.to) : readDestinationFor(asked, body.to);
  const only: Step = { channel: channelFor(destination), destination, timeoutMs: DEFAULT_TIMEOUT_S * 1000 };
  return { kind: 'message', destination, steps: [only] };
}
