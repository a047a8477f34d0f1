import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseFigures } from '@tollgate/api/database';
import { Instruments } from './instruments';

/** What the database did since the process started, for Prometheus and the benchmark. */
@Injectable()
export class DatabaseGauges implements OnModuleInit {
  constructor(
    private readonly instruments: Instruments,
    private readonly figures: DatabaseFigures,
  ) {}

  onModuleInit(): void {
    const units = this.instruments.gauge({
      name: 'tollgate_database_units',
      help: 'SQLite: transactions and single writes that the COMMITs held',
    });
    const retries = this.instruments.gauge({
      name: 'tollgate_database_retries',
      help: 'Units of work that ran again after a deadlock or a lost commit',
    });
    this.instruments.gauge(
      { name: 'tollgate_database_commits', help: 'SQLite: COMMITs, each one wait for the disk; 0 on MySQL' },
      (gauge) => {
        const figures = this.figures.read();
        gauge.set(figures.commits);
        units.set(figures.units);
        retries.set(figures.retries);
      },
    );
  }
}
