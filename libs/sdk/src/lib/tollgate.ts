import { Transport, type CallOptions, type TransportOptions } from './transport';
import type { CheckResult, Problem, Result, StartRequest, Verification } from './types';

/** What `orThrow` throws: the problem, as an error. */
export class TollgateError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
    this.name = 'TollgateError';
  }
}

/** The data of a result, for those who prefer exceptions. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.data;
  throw new TollgateError(result.error);
}

const at = (id: string, act = ''): string => `/v1/verifications/${encodeURIComponent(id)}${act}`;

class Verifications {
  constructor(private readonly transport: Transport) {}

  /** Sends a code. A pending one for the same destination and purpose is continued: see `resent`. */
  start(request: StartRequest, options?: CallOptions): Promise<Result<Verification>> {
    return this.transport.call('POST', '/v1/verifications', request, options);
  }

  /** Checks a code. A wrong one is no error: `ok` is true and `data.valid` false, with the reason. */
  check(id: string, code: string, options?: CallOptions): Promise<Result<CheckResult>> {
    return this.transport.call('POST', at(id, '/check'), { code }, options);
  }

  /** Checks the pending verification of a destination, for callers that kept no id. */
  checkByTo(
    request: { to: string; code: string; purpose?: string | undefined },
    options?: CallOptions,
  ): Promise<Result<CheckResult>> {
    return this.transport.call('POST', '/v1/verifications/check', request, options);
  }

  /** Sends the same code again. Inside the cool-down: `resend_cooldown` with `retry_after`. */
  resend(
    id: string,
    request: { channel?: 'sms' | 'email' | undefined } = {},
    options?: CallOptions,
  ): Promise<Result<Verification>> {
    return this.transport.call('POST', at(id, '/resend'), request, options);
  }

  cancel(id: string, options?: CallOptions): Promise<Result<Verification>> {
    return this.transport.call('POST', at(id, '/cancel'), undefined, options);
  }

  get(id: string, options?: CallOptions): Promise<Result<Verification>> {
    return this.transport.call('GET', at(id), undefined, options);
  }
}

class TestInbox {
  constructor(private readonly transport: Transport) {}

  /** The code of the newest message to a destination, with a test key; null when there is none. */
  async lastCode(to: string, options?: CallOptions): Promise<Result<string | null>> {
    const result = await this.transport.call<{ data: { code: string | null }[] }>(
      'GET',
      `/v1/test/messages?to=${encodeURIComponent(to)}&limit=1`,
      undefined,
      options,
    );
    return result.ok ? { ...result, data: result.data.data[0]?.code ?? null } : result;
  }
}

/** Client for applications. Results are values: nothing but a programming error throws. */
export class Tollgate {
  readonly verifications: Verifications;
  readonly test: TestInbox;

  constructor(options: TransportOptions) {
    const transport = new Transport(options);
    this.verifications = new Verifications(transport);
    this.test = new TestInbox(transport);
  }
}
