import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { DomainError, newId } from '@tollgate/api/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorPages } from './error-page';
import { exchangeOf } from './exchange';
import { domainErrorOf, problemOf } from './problem';
import { RouteTable } from './route-table';
import { PAGE_HEADERS } from './security-headers';

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');
  private readonly docsUrl: string;

  constructor(
    config: Config,
    private readonly routes: RouteTable,
    private readonly pages: ErrorPages,
  ) {
    this.docsUrl = `${config.publicUrl}/docs`;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    let error = domainErrorOf(thrown);

    if (error.code === 'route_not_found') {
      const allowed = this.routes.methodsAt(request.raw.url ?? '/');
      if (allowed.length > 0 && !allowed.includes(request.method)) {
        error = new DomainError('method_not_allowed');
        void reply.header('allow', allowed.join(', '));
      }
    }
    this.send(error, request, reply);
  }

  private send(error: DomainError, request: FastifyRequest, reply: FastifyReply): void {
    const exchange = exchangeOf(request);
    const requestId = exchange?.requestId ?? newId('req');
    const problem = problemOf(error, requestId, this.docsUrl);
    if (exchange !== null) exchange.errorCode = error.code;
    if (problem.status >= 500) {
      // The cause is for the log alone; the log redacts what must not be in it.
      this.logger.error({ msg: error.code, request_id: requestId, err: error.cause ?? error });
    }
    if (reply.sent || reply.raw.headersSent) return;
    const isPage = exchange?.route?.endpoint === null && /\btext\/html\b/.test(request.headers.accept ?? '');
    void reply.code(problem.status).headers(problem.headers);
    if (isPage) {
      void reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(this.pages.render(problem));
    } else {
      void reply.send(JSON.stringify(problem.body));
    }
  }
}
