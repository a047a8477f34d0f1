import { Injectable } from '@nestjs/common';
import { KEY_SCOPES, type ApplicationView, type KeyScope, type NewKeyView } from '@tollgate/contracts';
import { RequestContext, systemPrincipal, type Principal } from '@tollgate/api/kernel';
import { CreateApplication, type NewApplication } from './create-application';
import { CreateKey } from './keys/create-key';

export interface SeededKeys {
  readonly live: NewKeyView;
  readonly test: NewKeyView;
}

/** Start-up and set-up create applications and keys through this door, where no request acts. Audited as `system`. */
export abstract class ApplicationSeeding {
  /** Errors: as of creating an application. */
  abstract create(organizationId: string, wanted: NewApplication): Promise<ApplicationView>;
  /** One live and one test key; every scope that keys can have unless told. The tokens are in this answer only. */
  abstract createKeys(
    application: { id: string; organization_id: string },
    scopes?: readonly KeyScope[],
  ): Promise<SeededKeys>;
}

@Injectable()
export class AuditedApplicationSeeding implements ApplicationSeeding {
  constructor(
    private readonly createApplication: CreateApplication,
    private readonly createKey: CreateKey,
  ) {}

  create(organizationId: string, wanted: NewApplication): Promise<ApplicationView> {
    return acting(systemPrincipal('set-up', organizationId), () =>
      this.createApplication.execute(wanted, organizationId),
    );
  }

  async createKeys(
    application: { id: string; organization_id: string },
    scopes: readonly KeyScope[] = KEY_SCOPES,
  ): Promise<SeededKeys> {
    const caller = systemPrincipal('set-up', application.organization_id);
    const make = (kind: 'live' | 'test'): Promise<NewKeyView> =>
      this.createKey.execute(application.id, { kind, name: `First ${kind} key`, scopes: [...scopes] }, caller);
    return acting(caller, async () => ({ live: await make('live'), test: await make('test') }));
  }
}

/** Set-up happens in a request of nobody yet: what it makes is told as made by the system, from that address. */
function acting<T>(principal: Principal, fn: () => Promise<T>): Promise<T> {
  const request = RequestContext.current();
  if (request === undefined) return fn();
  const { requestId, addresses, userAgent, clockShiftMs } = request;
  return RequestContext.run({ requestId, addresses, userAgent, clockShiftMs, principal }, fn);
}
