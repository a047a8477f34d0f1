import { Component, ElementRef, computed, inject, input, signal } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Icon } from '../icon';
import type { Option } from '../list/list-types';
import { Field, errorOf, fieldId } from './field';

/** A list of short texts: addresses, origins, redirect URIs. Enter or a pasted list adds, each can be removed. */
@Component({
  selector: 'tg-list-field',
  imports: [Field, Icon, MatButton, MatIconButton],
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      @if (field()().value().length) {
        <ul class="items" [attr.aria-label]="label()">
          @for (item of field()().value(); track $index) {
            <li>
              <code>{{ item }}</code>
              @if (itemError($index); as wrong) {
                <span class="wrong">{{ wrong }}</span>
              }
              <button
                matIconButton
                type="button"
                [disabled]="field()().disabled()"
                [attr.aria-label]="'Remove ' + item"
                (click)="remove($index)"
              >
                <tg-icon name="close" [small]="true" />
              </button>
            </li>
          }
        </ul>
      }
      <div class="add">
        <div class="control mono">
          <input
            #text
            type="text"
            spellcheck="false"
            autocomplete="off"
            [id]="id"
            [disabled]="field()().disabled()"
            [attr.placeholder]="placeholder() || null"
            [attr.aria-invalid]="error() !== null"
            [attr.aria-describedby]="error() !== null ? id + '-error' : hint() ? id + '-hint' : null"
            (keydown.enter)="$event.preventDefault(); add(text)"
            (blur)="add(text)"
            (paste)="paste($event, text)"
          />
        </div>
        <button matButton="outlined" type="button" [disabled]="field()().disabled()" (click)="add(text); text.focus()">
          Add
        </button>
      </div>
    </tg-field>
  `,
  styleUrls: ['./control.css', './list-field.css'],
})
export class ListField {
  readonly field = input.required<FieldTree<string[]>>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly optional = input(false);
  readonly placeholder = input('');
  protected readonly id = fieldId();
  protected readonly error = computed(() => errorOf(this.field() as unknown as FieldTree<unknown>));

  protected itemError(index: number): string | null {
    const item = (this.field() as unknown as Record<number, FieldTree<unknown> | undefined>)[index];
    return item?.().errors()[0]?.message ?? null;
  }

  protected add(box: HTMLInputElement): void {
    this.addAll([box.value]);
    box.value = '';
  }

  protected paste(event: ClipboardEvent, box: HTMLInputElement): void {
    const many = (event.clipboardData?.getData('text') ?? '').split(/[\s,;]+/).filter(Boolean);
    if (many.length < 2) return;
    event.preventDefault();
    this.addAll(many);
    box.value = '';
  }

  protected remove(index: number): void {
    this.set(
      this.field()()
        .value()
        .filter((_, at) => at !== index),
    );
  }

  private addAll(texts: readonly string[]): void {
    const fresh = texts.map((text) => text.trim()).filter((text) => text && !this.field()().value().includes(text));
    if (fresh.length > 0) this.set([...this.field()().value(), ...fresh]);
  }

  private set(value: string[]): void {
    const state = this.field()();
    state.value.set(value);
    state.markAsDirty();
    state.markAsTouched();
  }
}

/** One of very many, searched on the server while typing: an organization, an application. Holds its id. */
@Component({
  selector: 'tg-lookup-field',
  imports: [Field, Icon, MatIconButton],
  host: { '(focusout)': 'leave($event)', '(keydown.escape)': 'open.set(false)' },
  template: `
    <tg-field [field]="$any(field())" [controlId]="id" [label]="label()" [hint]="hint()" [optional]="optional()">
      <div class="control">
        <input
          #text
          type="text"
          role="combobox"
          autocomplete="off"
          aria-autocomplete="list"
          [id]="id"
          [value]="typed() ?? named()"
          [disabled]="field()().disabled()"
          [attr.placeholder]="placeholder()"
          [attr.aria-expanded]="open()"
          [attr.aria-controls]="id + '-options'"
          [attr.aria-activedescendant]="open() && options()[active()] ? id + '-' + active() : null"
          [attr.aria-invalid]="error() !== null"
          [attr.aria-describedby]="error() !== null ? id + '-error' : hint() ? id + '-hint' : null"
          (focus)="look('')"
          (input)="look(text.value)"
          (keydown.arrowDown)="$event.preventDefault(); move(1)"
          (keydown.arrowUp)="$event.preventDefault(); move(-1)"
          (keydown.enter)="$event.preventDefault(); pick(options()[active()])"
        />
        @if (field()().value() && !field()().disabled()) {
          <button
            matIconButton
            type="button"
            [attr.aria-label]="'Clear ' + label()"
            (click)="pick({ value: '', label: '' })"
          >
            <tg-icon name="close" [small]="true" />
          </button>
        } @else {
          <tg-icon class="end" name="search" />
        }
      </div>
      <ul
        class="options"
        role="listbox"
        [id]="id + '-options'"
        [attr.aria-label]="label()"
        [hidden]="!open() || !options().length"
      >
        @for (option of options(); track option.value; let at = $index) {
          <li
            role="option"
            [id]="id + '-' + at"
            [attr.aria-selected]="at === active()"
            (mousedown)="$event.preventDefault(); pick(option)"
          >
            {{ option.label }}
            @if (option.hint) {
              <small>{{ option.hint }}</small>
            }
          </li>
        }
      </ul>
      <span class="tg-visually-hidden" role="status">{{ open() ? options().length + ' found' : '' }}</span>
    </tg-field>
  `,
  styleUrls: ['./control.css', './list-field.css'],
})
export class LookupField {
  readonly field = input.required<FieldTree<string>>();
  readonly label = input.required<string>();
  /** Asks the server; an empty text gives the first few. */
  readonly search = input.required<(text: string) => Promise<readonly Option[]>>();
  /** The label of the value that the form starts with. */
  readonly initialLabel = input('');
  readonly hint = input('');
  readonly optional = input(false);
  readonly placeholder = input('Type to search');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly id = fieldId();
  protected readonly open = signal(false);
  protected readonly options = signal<readonly Option[]>([]);
  protected readonly active = signal(0);
  protected readonly typed = signal<string | null>(null);
  private readonly chosen = signal<Option | null>(null);
  protected readonly named = computed(() => {
    const value = this.field()().value();
    const chosen = this.chosen();
    return chosen?.value === value ? chosen.label : value ? this.initialLabel() || value : '';
  });
  protected readonly error = computed(() => errorOf(this.field() as FieldTree<unknown>));
  private turns = 0;

  protected async look(text: string): Promise<void> {
    if (this.field()().disabled()) return;
    this.typed.set(text || null);
    const turn = ++this.turns;
    const found = await this.search()(text).catch(() => []);
    if (turn !== this.turns) return;
    this.options.set(found);
    this.active.set(0);
    this.open.set(true);
  }

  protected move(by: number): void {
    const count = this.options().length;
    if (count > 0) this.active.update((at) => (at + by + count) % count);
  }

  protected pick(option: Option | undefined): void {
    if (!option) return;
    this.chosen.set(option);
    this.typed.set(null);
    this.open.set(false);
    const state = this.field()();
    state.value.set(option.value);
    state.markAsDirty();
    state.markAsTouched();
  }

  protected leave(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && this.host.nativeElement.contains(event.relatedTarget)) return;
    this.open.set(false);
    this.typed.set(null);
    this.field()().markAsTouched();
  }
}
