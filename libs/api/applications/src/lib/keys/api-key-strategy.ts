import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { DomainError, RequestContext, type Principal } from '@tollgate/api/kernel';
import { Strategy } from 'passport-custom';
import { AuthenticateKey } from './authenticate-key';

interface BearerRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** RFC 6750: the scheme in any case, one space or more, the token. A key in the query or the body is not looked for. */
const BEARER = /^Bearer +([^\s]+)$/i;

/** The Passport strategy `api-key`: `Authorization: Bearer tg_live_…`. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, 'api-key') {
  constructor(private readonly authenticateKey: AuthenticateKey) {
    super();
  }

  async validate(request: BearerRequest): Promise<Principal> {
    const header = request.headers['authorization'];
    const token = typeof header === 'string' ? BEARER.exec(header)?.[1] : undefined;
    // Another scheme, or none that can be read: constant in shape, like every key that is no good.
    if (token === undefined) throw new DomainError('invalid_api_key');
    const addresses = RequestContext.current()?.addresses;
    if (addresses === undefined) throw new Error('a key is presented in a request');
    return this.authenticateKey.execute(token, addresses.effective);
  }
}
