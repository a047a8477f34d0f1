import type { Principal } from '@tollgate/api/kernel';
import type { Value } from '../pages/markup';

/** What a step shows. Fields are made with `field()`, so names, labels and errors stay tied together. */
export interface StepView {
  readonly heading: string;
  readonly lead: Value;
  readonly body: Value;
  readonly submit: string;
  /** Label of a second button that goes on without doing anything; left out = there is none. */
  readonly skip?: string;
}

export type StepFields = Readonly<Record<string, string>>;

/** After a step: go on, show it again with what is wrong, or show something once before going on. */
export type StepOutcome =
  | { readonly kind: 'next' }
  | { readonly kind: 'again'; readonly status: number; readonly message: string; readonly field: string | null }
  | { readonly kind: 'show'; readonly heading: string; readonly body: Value };

export interface StepFault {
  readonly message: string;
  readonly field: string | null;
}

/** What a step knows of the browser that shows it. */
export interface StepContext {
  readonly caller: Principal;
  /** The Host header: where the browser believes to be. Shown, never used for links. */
  readonly host: string | null;
}

/**
 * A step of the first set-up after its administrator. It holds no state of its own: what it makes is made through the
 * doors of the slices, so that it can be skipped, done again, or left for the console.
 */
export interface SetupStep {
  /** Its address: `/setup/{key}`. */
  readonly key: string;
  /** In the list of steps. */
  readonly title: string;
  view(context: StepContext, fields: StepFields, fault: StepFault | null): Promise<StepView>;
  submit(context: StepContext, fields: StepFields): Promise<StepOutcome>;
}

export function stepError(fault: StepFault | null, name: string): { error: string } | Record<string, never> {
  return fault?.field === name ? { error: fault.message } : {};
}
