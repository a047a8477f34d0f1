import type {
  CheckResult as WireCheckResult,
  InputOf,
  listTestMessages,
  StartBody,
  startVerification,
  VerificationView,
} from '@tollgate/contracts';
import type { CheckResult, StartRequest, Verification } from './types';

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

describe('types of the SDK', () => {
  it('are the types of the contract', () => {
    const start: Equal<StartRequest, StartBody> = true;
    const body: Equal<StartRequest, InputOf<typeof startVerification>['body']> = true;
    const verification: Equal<Omit<Verification, 'resent'>, VerificationView> = true;
    const check: Equal<CheckResult, WireCheckResult> = true;
    const path: (typeof listTestMessages)['path'] = '/v1/test/messages';
    expect([start, body, verification, check, path]).toEqual([true, true, true, true, '/v1/test/messages']);
  });
});
