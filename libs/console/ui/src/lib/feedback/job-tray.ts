import { Component, Service, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatProgressBar } from '@angular/material/progress-bar';
import { Icon } from '../icon';

export interface Job {
  readonly id: string;
  readonly label: string;
  readonly status: 'queued' | 'running' | 'ready' | 'failed';
  /** 0 to 1; null while nobody knows. */
  readonly progress: number | null;
  /** “12,400 of 50,000 rows”. */
  readonly detail?: string | undefined;
  /** Where the result is, once ready. */
  readonly href?: string | undefined;
}

/** Long work of this session: exports and the like. Pages start them; the tray shows them everywhere. */
@Service()
export class Jobs {
  private readonly list = signal<readonly Job[]>([]);
  readonly all = this.list.asReadonly();
  readonly running = computed(() => this.list().filter((job) => job.status === 'queued' || job.status === 'running'));

  /** Adds a job or replaces the one with the same id. */
  put(job: Job): void {
    this.list.update((list) =>
      list.some((one) => one.id === job.id) ? list.map((one) => (one.id === job.id ? job : one)) : [...list, job],
    );
  }

  remove(id: string): void {
    this.list.update((list) => list.filter((job) => job.id !== id));
  }
}

/** The tray at the lower end corner: progress of long work, its result, its failure. */
@Component({
  selector: 'tg-job-tray',
  imports: [Icon, MatButton, MatIconButton, MatProgressBar],
  template: `
    @if (jobs.all().length) {
      <section aria-label="Jobs" class="tray">
        @for (job of jobs.all(); track job.id) {
          <div class="job">
            <tg-icon
              [name]="job.status === 'ready' ? 'check_circle' : job.status === 'failed' ? 'error' : 'hourglass_empty'"
            />
            <div class="what">
              <strong>{{ job.label }}</strong>
              <span role="status">{{ job.detail ?? words[job.status] }}</span>
              @if (job.status === 'queued' || job.status === 'running') {
                <mat-progress-bar
                  [mode]="job.progress === null ? 'indeterminate' : 'determinate'"
                  [value]="(job.progress ?? 0) * 100"
                  [aria-label]="'Progress of ' + job.label"
                />
              }
            </div>
            @if (job.status === 'ready' && job.href) {
              <a matButton [href]="job.href" download>Download</a>
            }
            <button
              matIconButton
              type="button"
              [attr.aria-label]="'Dismiss ' + job.label"
              (click)="jobs.remove(job.id)"
            >
              <tg-icon name="close" [small]="true" />
            </button>
          </div>
        }
      </section>
    }
  `,
  styles: `
    :host {
      position: fixed;
      inset-block-end: var(--tg-space-4);
      inset-inline-end: var(--tg-space-4);
      z-index: 1090;
    }
    @media (max-width: 839.98px) {
      :host {
        inset-block-end: 80px;
      }
    }
    .tray {
      inline-size: min(24rem, calc(100vw - 2 * var(--tg-space-4)));
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      background: var(--tg-raised);
      box-shadow: var(--tg-shadow-menu);
    }
    .job {
      display: flex;
      align-items: center;
      gap: var(--tg-space-3);
      padding: var(--tg-space-2) var(--tg-space-2) var(--tg-space-2) var(--tg-space-4);
    }
    .job + .job {
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    .what {
      flex: 1;
      display: grid;
      gap: 2px;
      min-inline-size: 0;
    }
    .what span {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
    .what strong {
      font: var(--mat-sys-title-small);
    }
  `,
})
export class JobTray {
  protected readonly jobs = inject(Jobs);
  protected readonly words = { queued: 'Waiting to start', running: 'Working', ready: 'Ready', failed: 'Failed' };
}
