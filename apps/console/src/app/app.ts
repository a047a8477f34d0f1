import { Component, computed, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Failed, Problem } from '@tollgate/console/ui';
import { StartUp } from './start-up';

@Component({
  selector: 'tg-root',
  imports: [Failed, RouterOutlet],
  template: `
    @if (problem(); as problem) {
      <main class="failed tg-card">
        <h1>Tollgate</h1>
        <tg-failed what="the console" [problem]="problem" (retry)="again()" />
      </main>
    } @else {
      <router-outlet />
    }
  `,
  styles: `
    .failed {
      max-inline-size: 40rem;
      margin: 12vh auto;
    }
  `,
})
export class App {
  private readonly start = inject(StartUp);
  protected readonly problem = computed(() => {
    const outcome = this.start.outcome();
    return outcome instanceof Problem ? outcome : null;
  });

  protected again(): void {
    window.location.reload();
  }
}
