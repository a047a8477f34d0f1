import {
  classify,
  classifySendGrid,
  classifySmtpReply,
  classifyStatus,
  classifyUnknownApi,
  refusal,
  type ErrorTable,
} from './error-classes';

describe('the classes of vendor errors', () => {
  it.each<[ErrorTable, string, string]>([
    ['twilio_api', '21211', 'permanent_destination'],
    ['twilio_api', '21614', 'permanent_destination'],
    ['twilio_api', '21635', 'permanent_destination'],
    ['twilio_api', '21610', 'permanent_destination'],
    ['twilio_api', '21612', 'failover'],
    ['twilio_api', '21611', 'failover'],
    ['twilio_api', '21408', 'permanent_config'],
    ['twilio_api', '21606', 'permanent_config'],
    ['twilio_api', '20003', 'permanent_config'],
    ['twilio_api', '20404', 'permanent_config'],
    ['twilio_api', '21617', 'content'],
    ['twilio_api', '20429', 'retry_same'],
    ['twilio_dlr', '30003', 'retry_same'],
    ['twilio_dlr', '30004', 'permanent_destination'],
    ['twilio_dlr', '30005', 'permanent_destination'],
    ['twilio_dlr', '30006', 'permanent_destination'],
    ['twilio_dlr', '30007', 'content'],
    ['twilio_dlr', '30034', 'content'],
    ['twilio_dlr', '30032', 'content'],
    ['twilio_dlr', '30008', 'failover'],
    ['twilio_dlr', '30001', 'failover'],
    ['twilio_dlr', '30022', 'failover'],
    ['twilio_dlr', '30023', 'failover'],
    ['twilio_dlr', '30410', 'failover'],
    ['twilio_dlr', '30036', 'expired'],
    ['twilio_dlr', '30450', 'fraud'],
    ['twilio_verify', '60205', 'permanent_destination'],
    ['twilio_verify', '60410', 'fraud'],
    ['fast2sms', '412', 'permanent_config'],
    ['fast2sms', '411', 'permanent_destination'],
    ['fast2sms', '416', 'failover'],
    ['fast2sms', '995', 'failover'],
    ['fast2sms', '997', 'permanent_config'],
    ['smtp', 'ECONNECTION', 'failover'],
    ['smtp', 'EAUTH', 'permanent_config'],
    ['smtp', 'EOTP', 'content'],
    ['sendgrid_event', 'bounce', 'permanent_destination'],
    ['sendgrid_event', 'blocked', 'retry_same'],
  ])('%s %s is %s', (table, code, expected) => {
    expect(classify(table, code)?.class).toBe(expected);
  });

  it('knows nothing of codes that the table does not name', () => {
    expect(classify('twilio_api', 99999)).toBeNull();
  });

  it('suppresses who opted out, and alarms for an empty wallet and a wrong key', () => {
    expect(classify('twilio_api', 21610)).toMatchObject({ suppress: true });
    expect(classify('fast2sms', 416)).toMatchObject({ alarm: true });
    expect(refusal({ class: 'permanent_config', alarm: true }, '20003')).toEqual({
      kind: 'refused',
      class: 'permanent_config',
      alarm: true,
      code: '20003',
    });
  });

  it.each([
    [400, 'content'],
    [302, 'permanent_config'],
    [404, 'permanent_config'],
    [401, 'permanent_config'],
    [403, 'permanent_config'],
    [408, 'failover'],
    [413, 'content'],
    [425, 'failover'],
    [429, 'retry_same'],
    [500, 'failover'],
    [503, 'failover'],
  ])('status %d alone is %s', (status, expected) => {
    expect(classifyStatus(status).class).toBe(expected);
  });

  it('fails over from an unknown API that is too busy', () => {
    expect(classifyUnknownApi(429).class).toBe('failover');
    expect(classifyUnknownApi(422).class).toBe('permanent_config');
    expect(classifyUnknownApi(502).class).toBe('failover');
  });

  it('blames the destination for a 400 of SendGrid only when the field is `to`', () => {
    expect(classifySendGrid(400, ['personalizations.0.to']).class).toBe('permanent_destination');
    expect(classifySendGrid(400, ['personalizations.0.to.0.email']).class).toBe('permanent_destination');
    expect(classifySendGrid(400, ['from.email']).class).toBe('permanent_config');
    expect(classifySendGrid(413, []).class).toBe('content');
    expect(classifySendGrid(429, []).class).toBe('retry_same');
  });

  it.each([
    [421, '4.3.0 busy', 'CONN', 'failover'],
    [450, '4.2.1 try later', 'RCPT TO', 'failover'],
    [503, 'bad sequence', 'RCPT TO', 'failover'],
    [535, '5.7.8 bad credentials', 'AUTH PLAIN', 'permanent_config'],
    [554, '5.7.1 your address is blocked', 'CONN', 'permanent_config'],
    [502, 'no TLS here', 'STARTTLS', 'permanent_config'],
    [550, '5.1.1 unknown user', 'RCPT TO', 'permanent_destination'],
    [552, '5.2.2 mailbox full', 'RCPT TO', 'permanent_destination'],
    [553, 'no such mailbox', 'RCPT TO', 'permanent_destination'],
    [550, '5.7.1 refused as spam', 'DATA', 'content'],
    [554, 'refused', 'DATA', 'content'],
  ])('an SMTP reply %d %s to %s is %s', (status, reply, command, expected) => {
    expect(classifySmtpReply(status, reply, command).class).toBe(expected);
  });
});
