import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { country, flag, id, instant, listQuery, page } from './units';
import {
  checkResult,
  continuedVerification,
  verificationDestination,
  purpose,
  startBody,
  VERIFICATION_CHANNELS,
  VERIFICATION_STATUSES,
  verificationDetail,
  verificationView,
} from './verification-schemas';

export * from './verification-schemas';

const code = () =>
  z.string().max(64).meta({ description: 'The digits that the end user typed: nothing but 0 to 9, all of them' });

const params = z.strictObject({ id: id('vrf') });

const checkNotes =
  'Answers 200 whenever the code was evaluated; read `valid`. Of parallel guesses at most max_checks are evaluated, of ' +
  'parallel right codes exactly one is valid. The first evaluated check is charged, from what the start held; a check ' +
  'never fails for lack of credits. Send an Idempotency-Key to be able to repeat a check whose answer was lost.';

export const startVerification = endpoint({
  id: 'verifications.start',
  method: 'POST',
  path: '/v1/verifications',
  access: 'verifications:write',
  tag: 'Verifications',
  summary: 'Start a verification and send its code',
  description:
    'Sends a one-time code to a phone number or a mailbox, or opens a check of an authenticator (`mobile`). While one is ' +
    'pending for the same application, kind of key, `to` and `purpose`, that one is answered with 200: inside its ' +
    'cool-down nothing is sent or charged, after it the same code is sent again.\n\n' +
    'Example: `{ "to": "+27821234567", "channel": "sms" }`, or with fallbacks ' +
    '`{ "to": "+27821234567", "channel": "auto", "workflow": [{ "channel": "sms", "timeout_s": 30 }, ' +
    '{ "channel": "email", "to": "ada@example.com" }] }`.\n\n' +
    'With a test key nothing is sent or charged; the last two digits of the number, or a `+tag` of the mailbox, choose a ' +
    'scenario from 00 to 12, and `GET /v1/test/messages` shows the code.',
  body: startBody,
  responses: { 201: verificationView, 200: continuedVerification },
  errors: [
    'invalid_destination',
    'unsupported_line_type',
    'invalid_workflow',
    'factor_not_found',
    'factor_state',
    'factor_locked',
    'country_not_allowed',
    'destination_suppressed',
    'verification_blocked',
    'quota_exceeded',
    'spend_cap_reached',
    'too_many_sends',
    'insufficient_credits',
    'channel_unavailable',
    'template_invalid',
    'invalid_test_clock',
  ],
  idempotency: 'optional',
});

export const checkVerification = endpoint({
  id: 'verifications.check',
  method: 'POST',
  path: '/v1/verifications/:id/check',
  access: 'verifications:write',
  tag: 'Verifications',
  summary: 'Check a code',
  description: `${checkNotes}\n\nExample: \`{ "code": "482913" }\`.`,
  params,
  body: z.strictObject({ code: code() }),
  responses: { 200: checkResult },
  errors: [
    'verification_not_found',
    'invalid_code_format',
    'destination_locked',
    'factor_locked',
    'invalid_test_clock',
  ],
  idempotency: 'optional',
});

export const checkVerificationByTo = endpoint({
  id: 'verifications.check_by_to',
  method: 'POST',
  path: '/v1/verifications/check',
  access: 'verifications:write',
  tag: 'Verifications',
  summary: 'Check a code by destination',
  description:
    `Checks the pending verification of the destination and purpose. An unknown destination and one whose verification ` +
    `has ended read alike: \`expired_or_not_found\`. ${checkNotes}\n\nExample: \`{ "to": "+27821234567", "code": "482913" }\`.`,
  body: z.strictObject({ to: verificationDestination(), purpose: purpose().optional(), code: code() }),
  responses: { 200: checkResult },
  errors: ['invalid_destination', 'invalid_code_format', 'destination_locked', 'invalid_test_clock'],
  idempotency: 'optional',
});

export const resendVerification = endpoint({
  id: 'verifications.resend',
  method: 'POST',
  path: '/v1/verifications/:id/resend',
  access: 'verifications:write',
  tag: 'Verifications',
  summary: 'Send the same code again',
  description:
    'The cool-down is 30 seconds after the first send and doubles with each, up to 10 minutes; five sends in all, ' +
    'fallbacks included. Each send is charged. `channel` picks another destination of the workflow.',
  params,
  body: z.strictObject({ channel: z.enum(['sms', 'email']).optional() }).optional(),
  responses: { 202: verificationView },
  errors: [
    'verification_not_found',
    'verification_final',
    'not_resendable',
    'resend_cooldown',
    'too_many_sends',
    'quota_exceeded',
    'spend_cap_reached',
    'destination_suppressed',
    'insufficient_credits',
    'channel_unavailable',
    'invalid_test_clock',
  ],
  idempotency: 'optional',
});

export const cancelVerification = endpoint({
  id: 'verifications.cancel',
  method: 'POST',
  path: '/v1/verifications/:id/cancel',
  access: 'verifications:write',
  tag: 'Verifications',
  summary: 'Cancel a pending verification',
  description: 'Releases what is held for the check. Canceling a canceled one answers the same again.',
  params,
  responses: { 200: verificationView },
  errors: ['verification_not_found', 'verification_final', 'invalid_test_clock'],
  idempotency: 'optional',
});

export const getVerification = endpoint({
  id: 'verifications.get',
  method: 'GET',
  path: '/v1/verifications/:id',
  access: 'verifications:read',
  tag: 'Verifications',
  summary: 'Read a verification with its timeline',
  description:
    'Request, guard decision, sends with every attempt and callback, checks, credits and the end, oldest first. Reading ' +
    'costs nothing and spends no check. A key reads what its application started with its own kind of key.',
  params,
  responses: { 200: verificationDetail },
  errors: ['verification_not_found', 'invalid_test_clock'],
});

export const listVerifications = endpoint({
  id: 'verifications.list',
  method: 'GET',
  path: '/v1/verifications',
  access: 'verifications:read',
  tag: 'Verifications',
  summary: 'List verifications',
  query: listQuery(['created_at', '-created_at'], {
    test: flag().optional().meta({ description: 'false unless told; a key sees only its own kind' }),
    status: z.enum(VERIFICATION_STATUSES).optional(),
    channel: z.enum(VERIFICATION_CHANNELS).optional(),
    country: country().optional(),
    application_id: id('app').optional(),
    purpose: purpose().optional(),
    created_from: instant().optional().meta({ description: 'Started at or after' }),
    created_before: instant().optional().meta({ description: 'Started before' }),
    to: verificationDestination().optional().meta({ description: 'The whole destination; searched by its keyed hash' }),
    q: z.string().min(1).max(80).optional().meta({ description: 'A verification id' }),
  }),
  responses: { 200: page(verificationView) },
  errors: ['invalid_cursor', 'invalid_destination'],
});

export const revealVerificationDestination = endpoint({
  id: 'verifications.reveal_destination',
  method: 'POST',
  path: '/v1/verifications/:id/reveal-destination',
  access: 'destinations:reveal',
  tag: 'Verifications',
  summary: 'Reveal the destination of a verification',
  description: 'The whole number or mailbox, until retention removes it. Every reveal stands in the audit log.',
  params,
  responses: { 200: z.strictObject({ to: z.string().nullable() }) },
  errors: ['verification_not_found'],
});

export const verificationsEndpoints: readonly EndpointDeclaration[] = [
  startVerification,
  listVerifications,
  checkVerificationByTo,
  getVerification,
  checkVerification,
  resendVerification,
  cancelVerification,
  revealVerificationDestination,
];
