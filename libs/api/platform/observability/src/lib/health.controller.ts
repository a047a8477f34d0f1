import { Controller } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { safeEqual } from '@tollgate/api/crypto';
import { Readiness } from '@tollgate/api/database';
import { OpenRequests, Page, reply, ServePage, type PageRequest, type Reply } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import { Instruments } from './instruments';
import { QueueWatch } from './queue-watch';

/** What machines ask: does it live, may it be given work, how much does it do. */
@Controller()
export class HealthController {
  constructor(
    private readonly config: Config,
    private readonly readiness: Readiness,
    private readonly instruments: Instruments,
    private readonly requests: OpenRequests,
    private readonly queues: QueueWatch,
  ) {}

  /** The process answers. Nothing else is looked at: a database that is away is no reason to end it. */
  @ServePage({ method: 'GET', path: '/healthz', access: { public: 'load balancers have no credentials' } })
  live(): Reply {
    return reply(200, { status: 'ok' });
  }

  /** Whether it may be given work. Which part is not ready, but not why: anybody may read it. */
  @ServePage({ method: 'GET', path: '/readyz', access: { public: 'load balancers have no credentials' } })
  ready(): Reply {
    const problems = this.readiness.problems();
    const probes = this.readiness.names.map((name) => [name, problems[name] === undefined ? 'ok' : 'failing']);
    // The database answers as long as the cache of versions is fresh; migrations ran before anything listened.
    const checks = { migrations: 'ok', ...Object.fromEntries(probes), queues: this.queues.state };
    const ready = Object.keys(problems).length === 0 && !this.requests.stopping;
    return reply(ready ? 200 : 503, { status: ready ? 'ready' : 'not_ready', checks });
  }

  /** Prometheus, with the token of the settings. Without one there is nothing here. */
  @ServePage({ method: 'GET', path: '/metrics', access: { public: 'Prometheus shows a token of its own' } })
  async metrics(@Page() page: PageRequest): Promise<Reply> {
    const { metricsToken } = this.config;
    const shown = page.headers.authorization ?? '';
    if (metricsToken === null || !safeEqual(shown, `Bearer ${metricsToken}`)) throw new DomainError('route_not_found');
    return reply(200, await this.instruments.text(), { 'content-type': this.instruments.contentType });
  }
}
