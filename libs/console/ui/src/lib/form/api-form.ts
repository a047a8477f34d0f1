import { DestroyRef, computed, effect, inject, signal, untracked } from '@angular/core';
import type { Signal, WritableSignal } from '@angular/core';
import { disabled, form, submit, validateTree } from '@angular/forms/signals';
import type { FieldState, FieldTree, SchemaPath, SchemaPathTree } from '@angular/forms/signals';
import type * as z from 'zod';
import { toProblem } from '../problem';
import type { Problem } from '../problem';
import { forForm } from './for-form';
import { mapServerErrors } from './server-errors';
import { UnsavedForms } from './unsaved-forms';

export interface ApiFormOptions<M extends object, S extends z.ZodType, R> {
  /** The contract's schema of the body: the same validation as the server's. */
  readonly schema: S;
  /** The blank form: every control has a value, '' or null when empty. */
  readonly model: M;
  /** For editing: the model of what is stored, once it is read. Read again, it replaces the form unless it is dirty. */
  readonly source?: () => M | undefined;
  /** Sends the valid body. Throws a Problem. */
  readonly submit: (body: z.output<S>) => Promise<R>;
  readonly done?: (result: R) => void;
  /** Why nothing can be changed, or null. */
  readonly readOnly?: () => string | null;
  /** More rules of Signal Forms: `hidden`, `disabled`, `validate` … */
  readonly rules?: (path: SchemaPathTree<M>) => void;
  /** After a version conflict: reads what is stored now (and its version), as a model. */
  readonly reload?: () => Promise<M>;
}

export interface Difference {
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** What the frame of a form needs of it, whatever its model. */
export interface FormState {
  readonly dirty: Signal<boolean>;
  /** How many members differ from what is stored. */
  readonly changes: Signal<number>;
  readonly saving: Signal<boolean>;
  /** Why the last submit failed, as far as no field says it. */
  readonly problem: Signal<Problem | null>;
  readonly readOnly: Signal<string | null>;
  /** After a version conflict: what differs between this form and what is stored now. */
  readonly conflict: Signal<readonly Difference[] | null>;
  /** True when the body went through. */
  submit(): Promise<boolean>;
  /** Back to what is stored. */
  reset(): void;
  /** Settles a conflict: takes what is stored, or sends mine over it. */
  resolve(choice: 'mine' | 'theirs'): Promise<void>;
}

/** A form of one endpoint; `apiForm` makes it, `tg-form` draws it. */
export interface ApiForm<M extends object, R = unknown> extends FormState {
  readonly fields: FieldTree<M>;
  readonly model: WritableSignal<M>;
  /** Back to what is stored, or to `model` as the new stored state. */
  reset(model?: M): void;
  /** What the server answered last. */
  readonly result: Signal<R | null>;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Builds a form from the contract. Call it in an injection context (a field of the page). */
export function apiForm<M extends object, S extends z.ZodType, R>(options: ApiFormOptions<M, S, R>): ApiForm<M, R> {
  const schema = forForm(options.schema);
  const stored = signal<M>(structuredClone(options.model));
  const model = signal<M>(structuredClone(options.model));
  const problem = signal<Problem | null>(null);
  const theirs = signal<M | null>(null);
  const result = signal<R | null>(null);
  const readOnly = computed(() => options.readOnly?.() ?? null);

  const fields = form(model, (path) => {
    // A model of controls is never an old AbstractControl, which the type of a path allows for.
    const root = path as SchemaPath<M>;
    if (options.readOnly) disabled(root, { when: () => readOnly() ?? false });
    options.rules?.(path);
    validateTree(root, ({ value, fieldTree }) =>
      schema.issues(value()).map((issue) => ({
        kind: 'schema',
        message: issue.message,
        fieldTree: descend(fieldTree as FieldTree<unknown>, issue.path ?? []),
      })),
    );
  });

  const dirty = computed(() => !same(model(), stored()));
  const changes = computed(
    () => Object.keys(model()).filter((key) => !same(model()[key as keyof M], stored()[key as keyof M])).length,
  );
  const conflict = computed(() => {
    const other = theirs();
    if (!other) return null;
    return (Object.keys(model()) as (keyof M & string)[])
      .filter((key) => !same(model()[key], other[key]))
      .map((key) => ({ field: key, mine: model()[key], theirs: other[key] }));
  });
  const saving = signal(false);

  const reset = (next?: M) => {
    if (next) stored.set(structuredClone(next));
    (fields() as FieldState<M>).reset(structuredClone(untracked(stored)));
    problem.set(null);
    theirs.set(null);
  };

  const send = async (): Promise<boolean> => {
    if (readOnly() !== null || saving()) return false;
    problem.set(null);
    let went = false;
    await submit(fields, {
      action: async () => {
        saving.set(true);
        const sent = structuredClone(untracked(model));
        try {
          const answer = await options.submit(schema.toBody(sent));
          went = true;
          result.set(answer);
          stored.set(sent);
          options.done?.(answer);
          return undefined;
        } catch (failure) {
          const failed = toProblem(failure);
          const mapped = mapServerErrors(fields as FieldTree<unknown>, failed);
          if (mapped.onFields.length === 0 || mapped.rest.length > 0) problem.set(failed);
          if (failed.isVersionConflict && options.reload) theirs.set(await options.reload().catch(() => null));
          return mapped.onFields;
        } finally {
          saving.set(false);
        }
      },
    });
    if (!went) focusFirstInvalid(fields as FieldTree<unknown>);
    return went;
  };

  const resolve = async (choice: 'mine' | 'theirs') => {
    const other = theirs();
    if (!other) return;
    if (choice === 'theirs') return reset(other);
    stored.set(structuredClone(other));
    theirs.set(null);
    await send();
  };

  const source = options.source;
  if (source) {
    effect(() => {
      const value = source();
      if (value && !untracked(dirty)) untracked(() => reset(value));
    });
  }
  inject(DestroyRef).onDestroy(inject(UnsavedForms).add(dirty));
  return { fields, model, dirty, changes, saving, problem, readOnly, conflict, result, submit: send, reset, resolve };
}

function descend(root: FieldTree<unknown>, path: readonly PropertyKey[]): FieldTree<unknown> {
  let at = root as FieldTree<unknown> & Record<PropertyKey, FieldTree<unknown> | undefined>;
  for (const key of path) {
    const value: unknown = untracked(() => at().value());
    if (value === null || typeof value !== 'object' || !(key in value)) break;
    const next = at[key];
    if (!next) break;
    at = next as typeof at;
  }
  return at;
}

function focusFirstInvalid(fields: FieldTree<unknown>): void {
  const first = fields()
    .errorSummary()
    .find((error) => error.fieldTree !== fields);
  first?.fieldTree().focusBoundControl();
}
