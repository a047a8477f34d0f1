import { Logger } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import { StructuredLogger } from './logger';

/** Everything that must never be read in a log, each in the forms in which it might get there. */
const CANARIES = {
  code: '482913',
  key: 'tg_live_3nY7kQ9xCanaryCanaryCanary12',
  testKey: 'tg_test_canary0000000000000000000000',
  password: 'correct-horse-canary',
  phone: '+27821234567',
  mailbox: 'canary.person@mail.example.com',
  session: 'sess-canary-0123456789abcdef',
  jwt: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlY2FuYXJ5',
  sendgrid: 'SG.canaryCanaryCanary.signatureCanary',
  secret: 'JBSWY3DPEHPKCANARY',
};

function capture(): { logger: StructuredLogger; text: () => string; lines: () => Record<string, unknown>[] } {
  let text = '';
  const logger = new StructuredLogger('trace', { write: (line: string) => void (text += line) });
  return {
    logger,
    text: () => text,
    lines: () =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const expectClean = (text: string): void => {
  for (const [name, canary] of Object.entries(CANARIES)) {
    expect([name, text.includes(canary)]).toEqual([name, false]);
  }
};

describe('the log', () => {
  it('holds no secret that stands in a member', () => {
    const { logger, text } = capture();
    logger.write('info', {
      code: CANARIES.code,
      otp: CANARIES.code,
      check: { code: Number(CANARIES.code) },
      headers: {
        Authorization: `Bearer ${CANARIES.key}`,
        cookie: `__Host-s=${CANARIES.session}`,
        'Set-Cookie': [CANARIES.session],
      },
      user: { email: CANARIES.mailbox, new_password: CANARIES.password, mobile: CANARIES.phone },
      message: { to: CANARIES.phone, text: `Your code is ${CANARIES.code}` },
      apiKey: CANARIES.key,
      'api-key': CANARIES.testKey,
      client_secret: CANARIES.secret,
      accessToken: CANARIES.jwt,
      list: [{ token: CANARIES.sendgrid }],
      bytes: Buffer.from(CANARIES.password),
    });
    expectClean(text());
  });

  it('holds no secret that stands in a text', () => {
    const { logger, text } = capture();
    const texts = [
      `could not send ${CANARIES.code} to ${CANARIES.phone}`,
      `Your code is ${CANARIES.code}. Valid for 10 minutes.`,
      `body was {"code":"${CANARIES.code}","to":"${CANARIES.phone}"}`,
      `550 no such user <${CANARIES.mailbox}>`,
      `Authorization: Bearer ${CANARIES.key}`,
      `GET /x?key=${CANARIES.testKey}&password=${CANARIES.password}`,
      `mysql://root:${CANARIES.password}@db/tollgate refused`,
      `id_token ${CANARIES.jwt} expired; SendGrid said ${CANARIES.sendgrid}`,
      `secret=${CANARIES.secret}`,
    ];
    for (const each of texts) {
      logger.log(each, 'Spec');
      logger.write('error', { note: each, nested: [{ each }] }, each);
      const error = new Error(each, { cause: new Error(each) });
      error.stack = `Error: ${each}\n    at somewhere (/app/x.js:1:1)`;
      logger.error({ msg: 'it failed', err: error });
      logger.error(error, 'Spec');
      logger.warn({ msg: each, problem: new DomainError('validation_failed', {}, error) });
    }
    expectClean(text());
  });

  it('keeps what helps', () => {
    const { logger, lines } = capture();
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:3306'), { code: 'ECONNREFUSED' });
    logger.error(
      { msg: 'database', request_id: 'req_01M814K6GASQS77PYZM0HRYK4F', err: refused, status: 503, took_ms: 1234 },
      'Spec',
    );
    expect(lines()[0]).toMatchObject({
      level: 'error',
      context: 'Spec',
      msg: 'database',
      request_id: 'req_01M814K6GASQS77PYZM0HRYK4F',
      status: 503,
      took_ms: 1234,
      err: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:3306' },
    });
    expect(String((lines()[0]?.['err'] as { stack: string }).stack)).toMatch(/redact\.spec/);
  });

  it('keeps one event on one line, whatever is in it', () => {
    const { logger, lines } = capture();
    logger.log('a\r\n{"level":"fatal","msg":"forged"}\u2028x');
    const deep: Record<string, unknown> = {};
    deep['self'] = deep;
    logger.write('info', { deep, big: 10n, nothing: undefined, fn: () => 1 });
    expect(lines()).toHaveLength(2);
  });

  it('takes what Nest logs', () => {
    const { logger, lines } = capture();
    Logger.overrideLogger(logger);
    new Logger('Somewhere').error('it broke', 'Error: it broke\n at x', 'Somewhere');
    new Logger('Somewhere').warn({ msg: 'careful', attempt: 2 });
    Logger.overrideLogger(false);
    expect(lines()).toMatchObject([
      { level: 'error', msg: 'it broke', context: 'Somewhere' },
      { level: 'warn', msg: 'careful', attempt: 2, context: 'Somewhere' },
    ]);
  });

  it('writes nothing below its level', () => {
    let text = '';
    const logger = new StructuredLogger('warn', { write: (line: string) => void (text += line) });
    logger.log('quiet');
    logger.warn('loud');
    expect(text.trim().split('\n')).toHaveLength(1);
  });
});
