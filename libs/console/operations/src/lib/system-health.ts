import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { systemHealth, verifyCredits } from '@tollgate/contracts';
import type { LedgerReport } from '@tollgate/contracts';
import { Api, apiResource } from '@tollgate/console/platform';
import {
  Banner,
  ListPage,
  Loaded,
  MetricTile,
  Region,
  StatusChip,
  Time,
  Toasts,
  toProblem,
} from '@tollgate/console/ui';

const MEGABYTE = 1_048_576;

/** Whether the installation is well, as the answering process sees it, and whether its ledger adds up. */
@Component({
  selector: 'tg-system-health-page',
  imports: [Banner, ListPage, Loaded, MatButton, MetricTile, Region, StatusChip, Time],
  template: `
    <tg-list-page title="System health" subtitle="As the process that answered this request sees it">
      <button tgAct matButton="outlined" type="button" (click)="health.reload()">Look again</button>
      <tg-region what="the health">
        <ng-template [tgLoaded]="health" let-found>
          <div class="tg-stack">
            <div class="tg-tiles">
              <tg-metric
                label="Jobs waiting"
                [value]="found.jobs.waiting"
                definition="Work that is queued and not yet done."
                good="down"
              />
              <tg-metric
                label="Longest wait"
                [value]="found.jobs.oldest_wait_ms"
                unit="ms"
                definition="How long the oldest due job has been waiting."
                good="down"
              />
              <tg-metric
                label="Failed jobs"
                [value]="found.jobs.dead"
                definition="Failed as often as they may; the log says why."
                good="down"
              />
              <tg-metric
                label="Memory (MB)"
                [value]="memory()"
                definition="Resident memory of this process."
                good="neither"
              />
            </div>
            <section class="tg-card" aria-label="Checks">
              <h2>Checks <tg-status [value]="found.status" /></h2>
              <ul>
                @for (check of found.checks; track check.name) {
                  <li>
                    <tg-status [value]="check.status" />
                    <span class="name">{{ check.name }}</span>
                    <span class="tg-muted">{{ check.detail ?? '' }}</span>
                  </li>
                }
              </ul>
            </section>
            <section class="tg-card" aria-label="This process">
              <h2>This process</h2>
              <dl class="tg-facts">
                <div>
                  <dt>Version</dt>
                  <dd>{{ found.process.version }}, Node {{ found.process.node }}</dd>
                </div>
                <div>
                  <dt>Profile</dt>
                  <dd>{{ found.process.profile }}</dd>
                </div>
                <div>
                  <dt>Database</dt>
                  <dd>{{ found.process.database === 'mysql' ? 'MySQL or MariaDB' : 'SQLite, embedded' }}</dd>
                </div>
                <div>
                  <dt>Redis</dt>
                  <dd>{{ found.process.redis ? 'In use' : 'Not configured: one process' }}</dd>
                </div>
                <div>
                  <dt>Started</dt>
                  <dd><tg-time [value]="found.process.started_at" /></dd>
                </div>
              </dl>
            </section>
          </div>
        </ng-template>
      </tg-region>
      <section class="tg-card" aria-label="Ledger integrity">
        <h2>Ledger integrity</h2>
        <p class="tg-muted">Recomputes every balance from its entries and checks the invariants of the ledger.</p>
        <div class="tg-row verify">
          <button matButton="outlined" type="button" [disabled]="verifying()" (click)="verify()">
            {{ verifying() ? 'Verifying …' : 'Verify the ledger' }}
          </button>
        </div>
        @if (report(); as found) {
          <tg-banner [tone]="found.ok ? 'success' : 'danger'">
            {{ found.ok ? 'Every invariant holds' : 'The ledger is broken' }}: {{ found.accounts }} accounts,
            {{ found.transactions }} transactions, {{ found.entries }} entries.
          </tg-banner>
          <ul>
            @for (invariant of found.invariants; track invariant.invariant) {
              <li>
                <tg-status [value]="invariant.ok ? 'ok' : 'down'" />
                <span class="name">{{ invariant.invariant }}</span>
                <span class="tg-muted">{{ invariant.statement }}</span>
              </li>
            }
          </ul>
          @for (finding of found.findings; track $index) {
            <p>
              <strong>{{ finding.invariant }}</strong> {{ finding.subject }}: expected {{ finding.expected }}, found
              {{ finding.found }}. {{ finding.explanation }}
            </p>
          }
        }
      </section>
    </tg-list-page>
  `,
  styles: `
    h2 {
      display: flex;
      align-items: center;
      gap: var(--tg-space-3);
      margin-block-end: var(--tg-space-3);
      font: var(--mat-sys-title-medium);
    }
    ul {
      display: grid;
      gap: var(--tg-space-3);
    }
    li {
      display: grid;
      grid-template-columns: 7.5rem minmax(6rem, 12rem) minmax(0, 1fr);
      align-items: center;
      gap: var(--tg-space-3);
    }
    li tg-status {
      justify-self: start;
    }
    .verify {
      margin-block: var(--tg-space-3);
    }
    tg-banner {
      margin-block-end: var(--tg-space-4);
    }
    @media (max-width: 600px) {
      li {
        grid-template-columns: auto minmax(0, 1fr);
      }
      li > .tg-muted {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class SystemHealthPage {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly health = apiResource(systemHealth);
  protected readonly memory = computed(() => {
    const bytes = this.health.value()?.process.resident_memory_bytes;
    return bytes === undefined ? null : Math.round(bytes / MEGABYTE);
  });
  protected readonly verifying = signal(false);
  protected readonly report = signal<LedgerReport | null>(null);

  protected async verify(): Promise<void> {
    this.verifying.set(true);
    try {
      this.report.set(await this.api.call(verifyCredits));
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.verifying.set(false);
    }
  }
}
