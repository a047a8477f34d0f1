import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { MESSAGE_CHANNELS } from './providers';
import { country, flag, id, instant, label, listQuery, page } from './units';

export const MESSAGE_STATES = [
  'queued',
  'accepted',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'suppressed',
  'unknown',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const messageView = z.strictObject({
  id: id('msg'),
  organization_id: id('org'),
  organization: z.string().nullable().meta({ description: 'Its name' }),
  application_id: id('app').nullable(),
  channel: z.enum(MESSAGE_CHANNELS),
  template: z.string(),
  template_version: z.int().nullable(),
  locale: z.string(),
  to: z.string().meta({ description: 'Masked' }),
  country: country().nullable(),
  subject: z.string().nullable(),
  status: z.enum(MESSAGE_STATES),
  provider_id: id('prv').nullable(),
  provider: z.string().nullable().meta({ description: 'Its kind: twilio, outbox, test' }),
  error_class: z.string().nullable(),
  error_code: z.string().nullable(),
  segments: z.int().nullable(),
  attempts: z.int(),
  source: z.strictObject({ type: z.string(), id: z.string() }),
  test: z.boolean(),
  resendable: z.boolean(),
  queued_at: instant(),
  accepted_at: instant().nullable(),
  delivered_at: instant().nullable(),
});
export type MessageView = z.infer<typeof messageView>;

export const messageDetailView = z.strictObject({
  ...messageView.shape,
  expires_at: instant().nullable(),
  note: z.string().nullable().meta({ description: 'What was reported after the message had ended' }),
  provider_message_id: z.string().nullable(),
  timeline: z.strictObject({
    attempts: z.array(
      z.strictObject({
        number: z.int(),
        provider_id: id('prv').nullable(),
        provider: z.string(),
        outcome: z.enum(['started', 'accepted', 'refused', 'unknown', 'not_sent']),
        error_class: z.string().nullable(),
        error_code: z.string().nullable(),
        provider_message_id: z.string().nullable(),
        started_at: instant(),
        latency_ms: z.int().nullable(),
      }),
    ),
    callbacks: z.array(
      z.strictObject({
        state: z.enum(MESSAGE_STATES),
        provider: z.string(),
        error_class: z.string().nullable(),
        error_code: z.string().nullable(),
        applied: z.boolean().meta({ description: 'False for a report that came too late to move the message on' }),
        at: instant(),
      }),
    ),
  }),
});
export type MessageDetailView = z.infer<typeof messageDetailView>;

const params = z.strictObject({ id: id('msg') });

export const listMessages = endpoint({
  id: 'messages.list',
  method: 'GET',
  path: '/v1/messages',
  access: 'messages:read',
  summary: 'List messages',
  tag: 'Messages',
  query: listQuery(['-queued_at', 'queued_at'], {
    test: flag().optional(),
    channel: z.enum(MESSAGE_CHANNELS).optional(),
    status: z.enum(MESSAGE_STATES).optional(),
    application_id: id('app').optional(),
    provider_id: id('prv').optional(),
    template: z.string().max(40).optional(),
    source_id: z.string().max(40).optional().meta({ description: 'vrf_…: the messages of one verification' }),
    to: z.string().max(254).optional().meta({ description: 'The exact number or mailbox' }),
    from: instant().optional(),
    until: instant().optional(),
  }),
  responses: { 200: page(messageView) },
});

export const getMessage = endpoint({
  id: 'messages.get',
  method: 'GET',
  path: '/v1/messages/:id',
  access: 'messages:read',
  summary: 'Read a message with its attempts and callbacks',
  tag: 'Messages',
  params,
  responses: { 200: messageDetailView },
});

export const messagePreview = z.strictObject({
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  segments: z.int().nullable(),
  code_shown: z.boolean().meta({ description: 'Only for test messages and the outbox, and while the code is valid' }),
});
export type MessagePreview = z.infer<typeof messagePreview>;

export const previewMessage = endpoint({
  id: 'messages.preview',
  method: 'GET',
  path: '/v1/messages/:id/preview',
  access: 'messages:read',
  summary: 'The message as it was sent, without its code',
  tag: 'Messages',
  params,
  responses: { 200: messagePreview },
});

export const resendMessage = endpoint({
  id: 'messages.resend',
  method: 'POST',
  path: '/v1/messages/:id/resend',
  access: 'messages:write',
  summary: 'Send a message again',
  description: 'A code message is sent again as a resend of its verification: same code, its limits and its price.',
  tag: 'Messages',
  params,
  responses: { 202: z.strictObject({ message_id: id('msg') }) },
  errors: [
    'message_not_resendable',
    'channel_unavailable',
    'resend_cooldown',
    'too_many_sends',
    'insufficient_credits',
  ],
});

export const revealDestination = endpoint({
  id: 'messages.reveal',
  method: 'POST',
  path: '/v1/messages/:id/reveal',
  access: 'destinations:reveal',
  summary: 'Reveal the destination of a message (audited)',
  tag: 'Messages',
  params,
  body: z.strictObject({ reason: label(500).optional() }),
  responses: { 200: z.strictObject({ to: z.string() }) },
});

export const messagesEndpoints: readonly EndpointDeclaration[] = [
  listMessages,
  getMessage,
  previewMessage,
  resendMessage,
  revealDestination,
];
