import * as z from 'zod';
import { country } from './units';

const path = () => z.string().regex(/^\$/, 'must be a path such as $.data.id').max(200);
const statusRange = () =>
  z.string().regex(/^[1-5]\d{2}(?:-[1-5]\d{2})?$/, 'must be a status or a range such as 200-299');
const jsonTest = z.strictObject({ path: path(), in: z.array(z.string().max(200)).min(1).max(50) });
const pattern = () =>
  z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'A regular expression without look-around and back-references; linear time' });

/** The request of an SMS or mail API that has no adapter of its own, as data. Section 4.4 of the wire formats. */
export const httpProviderSettings = z.strictObject({
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT']),
    url: z.string().min(10).max(1_000).meta({ description: 'Template; the host is fixed text' }),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), z.string().max(1_000)).optional(),
    body: z
      .string()
      .max(8_000)
      .optional()
      .meta({ description: 'Template: {{name|filter}} with a filter for its context' }),
    timeout_ms: z.int().min(1_000).max(8_000).optional(),
  }),
  senders: z
    .array(
      z.strictObject({
        country: country().optional(),
        from: z.string().min(1).max(40).optional(),
        dlt_entity_id: z
          .string()
          .regex(/^\d{10,25}$/)
          .optional(),
        dlt_template_id: z
          .string()
          .regex(/^\d{5,25}$/)
          .optional(),
      }),
    )
    .max(250)
    .optional(),
  success: z
    .strictObject({
      status: z.array(statusRange()).min(1).max(20).optional(),
      json: z.array(jsonTest).max(10).optional(),
      body: pattern().optional(),
      not_body: pattern().optional(),
    })
    .optional()
    .meta({ description: 'All must hold; 200-299 unless told' }),
  message_id: path().optional(),
  errors: z
    .array(
      z.strictObject({
        when: z.strictObject({
          status: z.array(statusRange()).max(20).optional(),
          json: jsonTest.optional(),
          body: pattern().optional(),
        }),
        class: z.enum([
          'permanent',
          'permanent_destination',
          'permanent_config',
          'content',
          'retryable',
          'retry_same',
          'failover',
          'fraud',
        ]),
        code: z.string().max(40).optional(),
      }),
    )
    .max(50)
    .optional()
    .meta({ description: 'The first that fits decides' }),
  dlr: z
    .strictObject({
      auth: z.strictObject({
        type: z.enum(['token', 'hmac-sha256', 'basic']),
        header: z
          .string()
          .regex(/^[A-Za-z0-9-]{1,60}$/)
          .optional()
          .meta({ description: 'Of the token or signature: Authorization, X-Signature' }),
      }),
      id: path(),
      status: path(),
      error: path().optional(),
      map: z.record(z.string().max(60), z.enum(['accepted', 'sent', 'delivered', 'undelivered', 'failed'])),
    })
    .optional()
    .meta({ description: 'Delivery reports. The secret is the credential dlr_secret; for basic user:password' }),
  limits: z
    .strictObject({ rps: z.number().min(0.1).max(1_000).optional(), concurrency: z.int().min(1).max(200).optional() })
    .optional(),
});
export type HttpProviderSettings = z.infer<typeof httpProviderSettings>;
