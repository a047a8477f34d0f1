import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { id, instant, listQuery, page } from './units';
import { SEND_STATES } from './verifications';

/** A message of a test key, with the code that a live one would have carried. */
export const testMessageView = z.strictObject({
  id: id('msg'),
  verification_id: id('vrf'),
  application_id: id('app'),
  channel: z.enum(['sms', 'email']),
  to: z.string().meta({ description: 'Masked' }),
  purpose: z.string(),
  code: z.string().nullable().meta({ description: 'Also after the end; null when its key was removed' }),
  text: z.string().nullable().meta({ description: 'What would have been sent' }),
  state: z.enum(SEND_STATES),
  scenario: z
    .string()
    .nullable()
    .meta({ description: '00 to 12, by the ending of the number or the tag of the mailbox' }),
  created_at: instant(),
});
export type TestMessageView = z.infer<typeof testMessageView>;

export const listTestMessages = endpoint({
  id: 'test_messages.list',
  method: 'GET',
  path: '/v1/test/messages',
  access: 'test_messages:read',
  tag: 'Test mode',
  summary: 'Read what test keys would have sent, with the codes',
  description:
    'Those of the last 24 hours, newest first. A test key sees its own application, people see their organization. A live key is refused: the codes ' +
    'of live messages are never shown here.',
  query: listQuery(['-created_at'], {
    to: z.string().min(1).max(320).optional().meta({ description: 'The whole destination' }),
    verification_id: id('vrf').optional(),
    application_id: id('app').optional(),
  }),
  responses: { 200: page(testMessageView) },
  errors: ['key_kind_not_allowed', 'invalid_destination', 'invalid_cursor'],
});

export const testMessagesEndpoints: readonly EndpointDeclaration[] = [listTestMessages];
