import { Directive, ElementRef, Service, afterRenderEffect, computed, inject, input } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import type { Permission } from '@tollgate/contracts';
import { Session } from './session';

/** What the caller may do, and why not, in words. */
@Service()
export class Permissions {
  private readonly session = inject(Session);

  /** Reads a signal: use it in templates and computed values. */
  can(permission: Permission): boolean {
    return this.session.can(permission);
  }

  /** For `readOnly` of forms and `refuses` of actions: null when allowed. */
  refusal(permission: Permission): string | null {
    if (this.session.can(permission)) return null;
    const roles = this.session.roles().map((role) => role.replaceAll('_', ' '));
    const who = roles.length > 0 ? `Your role (${roles.join(', ')})` : 'Your role';
    return `${who} does not include this (${permission}). An owner or admin can change your role.`;
  }
}

/**
 * Turns a button or link off, with the reason in its tooltip, for those who lack the permission. It stays focusable,
 * so that the reason can be read by keyboard.
 *
 *     <button matButton="filled" tgRequires="applications:write" (click)="create()">Register application</button>
 */
@Directive({
  selector: 'button[tgRequires], a[tgRequires]',
  hostDirectives: [MatTooltip],
  host: { '[attr.aria-disabled]': "refusal() ? 'true' : null", '[class.tg-refused]': 'refusal() !== null' },
})
export class Requires {
  readonly permission = input.required<Permission>({ alias: 'tgRequires' });
  private readonly permissions = inject(Permissions);
  protected readonly refusal = computed(() => this.permissions.refusal(this.permission()));

  constructor() {
    const tooltip = inject(MatTooltip);
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    // In the capturing phase: before the handlers that the page and the router put on the element.
    element.addEventListener(
      'click',
      (event) => {
        if (this.refusal() === null) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { capture: true },
    );
    afterRenderEffect(() => (tooltip.message = this.refusal() ?? ''));
  }
}
