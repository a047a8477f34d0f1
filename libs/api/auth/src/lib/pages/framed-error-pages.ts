import { Injectable, Optional, type OnModuleInit } from '@nestjs/common';
import { ErrorPages } from '@tollgate/api/http';
import { layout } from './layout';
import { Markup } from './markup';

/** What goes wrong on a server-rendered page looks like the page that it went wrong on. */
@Injectable()
export class FramedErrorPages implements OnModuleInit {
  constructor(
    /** Absent where nothing is served. */
    @Optional() private readonly pages?: ErrorPages,
  ) {}

  onModuleInit(): void {
    this.pages?.framedBy(({ title, body }) => layout({ title, body: new Markup(body), script: false }));
  }
}
