import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { Component, computed, effect, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Icon } from '../icon';
import { describeFilter, parseRange } from './filter-query';
import type { Filter, Option } from './list-types';

let nextId = 0;

/** One filter of a list: says its value, opens its editor, can be cleared. */
@Component({
  selector: 'tg-filter-chip',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, Icon, MatButton],
  templateUrl: './filter-chip.html',
  styleUrl: './filter-chip.css',
})
export class FilterChip {
  readonly filter = input.required<Filter>();
  readonly value = input<string>('');
  /** The new value as it goes into the URL; '' clears. */
  readonly changed = output<string>();

  protected readonly panelId = `tg-filter-${nextId++}`;
  protected readonly open = signal(false);
  protected readonly found = signal<readonly Option[]>([]);
  protected readonly named = signal<string | undefined>(undefined);
  protected readonly says = computed(() =>
    this.value() ? describeFilter(this.filter(), this.value(), this.named()) : '',
  );
  protected readonly range = computed(() => parseRange(this.value()));
  protected readonly chosen = computed(() => new Set(this.value().split(',').filter(Boolean)));
  private searches = 0;

  constructor() {
    effect(() => {
      const filter = this.filter();
      const value = this.value();
      if (filter.kind !== 'lookup' || !value || this.named() !== undefined) return;
      filter.name?.(value).then(
        (name) => this.named.set(name),
        () => undefined,
      );
    });
  }

  protected toggleOption(value: string, on: boolean): void {
    const next = new Set(this.chosen());
    if (on) next.add(value);
    else next.delete(value);
    this.changed.emit([...next].join(','));
  }

  protected choose(value: string): void {
    this.changed.emit(value);
    this.open.set(false);
  }

  protected pick(option: Option): void {
    this.named.set(option.label);
    this.choose(option.value);
  }

  protected setRange(from: string, to: string): void {
    this.changed.emit(from || to ? `${from}..${to}` : '');
  }

  protected async search(text: string): Promise<void> {
    const filter = this.filter();
    if (filter.kind !== 'lookup') return;
    const turn = ++this.searches;
    const found = await filter.search(text).catch(() => []);
    // A slow answer to an older text must not replace a newer one.
    if (turn === this.searches) this.found.set(found);
  }

  protected toggle(): void {
    this.open.update((open) => !open);
    if (this.open() && this.filter().kind === 'lookup') void this.search('');
  }

  protected clear(event: Event): void {
    event.stopPropagation();
    this.named.set(undefined);
    this.changed.emit('');
  }
}
