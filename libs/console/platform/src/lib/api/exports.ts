import { Service, inject } from '@angular/core';
import { Jobs, Toasts, toProblem } from '@tollgate/console/ui';
import type { ExportFormat, Job } from '@tollgate/console/ui';
import type { createExport, getExport } from '@tollgate/contracts';
import { Api } from './api';
import { route } from './endpoint-ref';
import type { CallInput, ResultOf } from './endpoint-ref';

const LOOK_AGAIN_MS = 1000;
type ExportView = ResultOf<typeof getExport>;
type ExportedList = CallInput<typeof createExport>['body']['list'];

const start = route<typeof createExport>('POST', '/v1/exports');
const read = route<typeof getExport>('GET', '/v1/exports/:id');

/** Writes lists to files as jobs of the server, followed in the job tray. */
@Service()
export class Exports {
  private readonly api = inject(Api);
  private readonly jobs = inject(Jobs);
  private readonly toasts = inject(Toasts);

  /** `question` is `list.question()`: all rows of the present filters, not only those on the page. */
  async start(
    list: ExportedList,
    format: ExportFormat,
    label: string,
    question: Record<string, string>,
  ): Promise<void> {
    try {
      let job = await this.api.call(start, { body: { list, format, filters: question } });
      this.show(job, label);
      while (job.status === 'queued' || job.status === 'running') {
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
        if (!this.jobs.all().some((one) => one.id === job.id)) return;
        job = await this.api.call(read, { params: { id: job.id } });
        this.show(job, label);
      }
    } catch (failure) {
      this.toasts.failed(`${label} could not be exported: ${toProblem(failure).title}`);
    }
  }

  private show(view: ExportView, label: string): void {
    const count = new Intl.NumberFormat('en');
    const rows =
      view.total === null
        ? `${count.format(view.rows)} rows`
        : `${count.format(view.rows)} of ${count.format(view.total)} rows`;
    const status: Job['status'] = view.status === 'done' ? 'ready' : view.status;
    this.jobs.put({
      id: view.id,
      label: `${label} (${view.format.toUpperCase()})`,
      status,
      progress: view.total ? view.rows / view.total : null,
      detail: status === 'queued' ? 'Waiting to start' : status === 'failed' ? 'Failed; start it again' : rows,
      href: status === 'ready' ? `/v1/exports/${view.id}/file` : undefined,
    });
  }
}
