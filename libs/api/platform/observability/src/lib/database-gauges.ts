import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseFigures, type Figures } from '@tollgate/api/database';
import { Instruments } from './instruments';

/** What is shown of each figure: the end of its name, and what it means. */
const SHOWN: Readonly<Record<keyof Figures, readonly [string, string]>> = {
  commits: ['commits', 'SQLite: COMMITs, each one wait for the disk; 0 on MySQL, where the server counts'],
  units: ['units', 'SQLite: transactions and single writes that the COMMITs held; 0 on MySQL'],
  committed: ['units_of_work', 'Units of work that were committed'],
  retries: ['retries', 'Units of work that ran again after a deadlock or a lost commit'],
  waiting: ['waiting', 'Who waits now: on SQLite for the writer, on MySQL for a connection of the pool'],
};

/** What the database did since the process started, for Prometheus and the benchmark. */
@Injectable()
export class DatabaseGauges implements OnModuleInit {
  constructor(
    private readonly instruments: Instruments,
    private readonly figures: DatabaseFigures,
  ) {}

  /** Each reads for itself: a value that another gauge sets at its own reading is one scrape old. */
  onModuleInit(): void {
    for (const figure of Object.keys(SHOWN) as (keyof Figures)[]) {
      const [name, help] = SHOWN[figure];
      this.instruments.gauge({ name: `tollgate_database_${name}`, help }, (gauge) =>
        gauge.set(this.figures.read()[figure]),
      );
    }
  }
}
