import { Component, input } from '@angular/core';
import type { PreviewReport } from '@tollgate/contracts';
import { Banner, CountPipe } from '@tollgate/console/ui';

/** How many real starts of the last seven days a change would have refused. */
@Component({
  selector: 'tg-change-preview',
  imports: [Banner, CountPipe],
  template: `
    <tg-banner [tone]="report().would_refuse_approved > 0 ? 'warning' : 'info'">
      Of {{ report().considered | count }} real starts of the last seven days this would have refused
      <strong>{{ report().would_refuse | count }}</strong> ({{ report().refused_now | count }} by the rules of now).
      @if (report().would_refuse_approved > 0) {
        <strong>{{ report().would_refuse_approved | count }}</strong> of them ended with the right code: real users.
      } @else {
        None of them ended with the right code.
      }
      @if (report().truncated) {
        Only the newest starts were considered.
      }
    </tg-banner>
  `,
})
export class ChangePreview {
  readonly report = input.required<PreviewReport>();
}
