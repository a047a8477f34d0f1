import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import house from './index.mjs';

const tester = new RuleTester({
  languageOptions: { parser: tseslint.parser as never },
  plugins: { house: house as never },
});
const rule = (name: string) => house.rules[name] as never;
const SLICE = '/repo/libs/api/otp/src/lib';

RuleTester.describe = describe;
RuleTester.it = it;

tester.run('endpoint-declares-permission', rule('endpoint-declares-permission'), {
  valid: [
    "endpoint({ id: 'x', access: 'keys:read' })",
    "endpoint({ id: 'x', access: { public: 'health is no secret' } })",
    'class C { @Serve(listKeys) list() {} }',
    "class C { @ServePage({ method: 'GET', path: '/sign-in', access: { public: 'the way in' } }) page() {} }",
  ],
  invalid: [
    { code: 'class C { @Get() list() {} }', errors: [{ messageId: 'bareRoute' }] },
    { code: "endpoint({ id: 'x' })", errors: [{ messageId: 'noAccess' }] },
    { code: "endpoint({ id: 'x', access: { public: '' } })", errors: [{ messageId: 'noReason' }] },
    { code: "class C { @ServePage({ path: '/x' }) page() {} }", errors: [{ messageId: 'noAccess' }] },
  ],
});

tester.run('typeorm-only-in-persistence', rule('typeorm-only-in-persistence'), {
  valid: [
    { code: "import { Entity } from 'typeorm'", filename: `${SLICE}/persistence/verification.entity.ts` },
    { code: "import { DataSource } from 'typeorm'", filename: '/repo/libs/api/platform/database/src/lib/x.ts' },
    { code: "import { Database } from '@tollgate/api/database'", filename: `${SLICE}/start-verification.ts` },
  ],
  invalid: [
    {
      code: "import { In } from 'typeorm'",
      filename: `${SLICE}/start-verification.ts`,
      errors: [{ messageId: 'misplaced' }],
    },
    {
      code: "import mysql from 'mysql2/promise'",
      filename: `${SLICE}/start-verification.ts`,
      errors: [{ messageId: 'misplaced' }],
    },
  ],
});

tester.run('no-http-exception-in-domain', rule('no-http-exception-in-domain'), {
  valid: ["import { Injectable } from '@nestjs/common'", "import { DomainError } from '@tollgate/api/kernel'"],
  invalid: [
    { code: "import { NotFoundException } from '@nestjs/common'", errors: [{ messageId: 'http' }] },
    { code: "import { Injectable, HttpStatus } from '@nestjs/common'", errors: [{ messageId: 'http' }] },
  ],
});

tester.run('no-process-env', rule('no-process-env'), {
  valid: ['process.pid', 'config.port'],
  invalid: [
    { code: 'process.env.PORT', errors: [{ messageId: 'env' }] },
    { code: "process['env']", errors: [{ messageId: 'env' }] },
  ],
});

tester.run('suppression-needs-reason', rule('suppression-needs-reason'), {
  valid: [
    '// eslint-disable-next-line no-console -- the greeting is for a person\nfoo()',
    '// @ts-expect-error the vendor types lack this member\nfoo()',
    '// an ordinary comment about eslint-disable',
  ],
  invalid: [
    { code: '// eslint-disable-next-line no-console\nfoo()', errors: [{ messageId: 'reason' }] },
    { code: '// @ts-ignore\nfoo()', errors: [{ messageId: 'reason' }] },
    {
      code: '// eslint-disable-next-line house/no-process-env -- only here and only once\nfoo()',
      errors: [{ messageId: 'guardrail' }],
    },
  ],
});

tester.run('names-say-what', rule('names-say-what'), {
  valid: ['class StartVerification { constructor(private a: A, private b: B) {} }', 'class Servicing {}'],
  invalid: [
    { code: 'class OrderService {}', errors: [{ messageId: 'vague' }] },
    {
      code: 'class Start { constructor(private a: A, private b: A, private c: A, private d: A, private e: A, private f: A, private g: A) {} }',
      errors: [{ messageId: 'tooMany' }],
    },
  ],
});
