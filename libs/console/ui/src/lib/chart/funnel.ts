import { Component, computed, input } from '@angular/core';

export interface FunnelStage {
  readonly label: string;
  readonly value: number;
  /** In the period before. */
  readonly previous?: number | null;
  /** Not known exactly (no receipt): hatched, never guessed. */
  readonly unknown?: boolean;
}

/** Stages as bars of one scale with count, share of the first and of the one before. HTML, so that it can be read. */
@Component({
  selector: 'tg-funnel',
  template: `
    <ol [attr.aria-label]="label()">
      @for (stage of rows(); track stage.label) {
        <li>
          <div class="words">
            <span class="name">{{ stage.label }}</span>
            <span class="tg-number count">{{ stage.count }}</span>
          </div>
          <div class="track" aria-hidden="true">
            @if (stage.previousWidth !== null) {
              <span class="before" [style.inline-size.%]="stage.previousWidth"></span>
            }
            <span class="bar" [class.unknown]="stage.unknown" [style.inline-size.%]="stage.width"></span>
          </div>
          <p class="share">{{ stage.share }}</p>
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: grid;
      gap: var(--tg-space-3);
    }
    .words {
      display: flex;
      justify-content: space-between;
      gap: var(--tg-space-2);
    }
    .name {
      font-weight: 550;
    }
    .track {
      position: relative;
      block-size: 14px;
      margin-block: 4px 2px;
      border-radius: 4px;
      background: var(--mat-sys-surface-container);
    }
    .bar,
    .before {
      position: absolute;
      inset-block: 0;
      inset-inline-start: 0;
      border-radius: 4px;
    }
    .bar {
      background: var(--tg-viz-3);
    }
    .bar.unknown {
      background: repeating-linear-gradient(45deg, var(--tg-viz-6) 0 4px, transparent 4px 8px);
    }
    .before {
      inset-block: -3px;
      border: 1.5px dashed var(--mat-sys-outline);
    }
    .share {
      font: var(--mat-sys-body-small);
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class Funnel {
  readonly label = input.required<string>();
  readonly stages = input.required<readonly FunnelStage[]>();

  protected readonly rows = computed(() => {
    const stages = this.stages();
    const most = Math.max(1, ...stages.map((stage) => Math.max(stage.value, stage.previous ?? 0)));
    const first = stages[0]?.value ?? 0;
    const percent = (part: number, whole: number) =>
      whole === 0 ? '–' : `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format((part / whole) * 100)} %`;
    return stages.map((stage, at) => ({
      label: stage.label,
      unknown: stage.unknown === true,
      count: new Intl.NumberFormat('en').format(stage.value),
      width: (stage.value / most) * 100,
      previousWidth: stage.previous === null || stage.previous === undefined ? null : (stage.previous / most) * 100,
      share:
        at === 0
          ? 'All of them'
          : `${percent(stage.value, stages[at - 1]?.value ?? 0)} of the step before, ${percent(stage.value, first)} of all`,
    }));
  });
}
