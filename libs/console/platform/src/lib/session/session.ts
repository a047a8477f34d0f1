import { HttpClient, HttpContext } from '@angular/common/http';
import { Service, computed, inject, signal } from '@angular/core';
import type { Permission, SessionView } from '@tollgate/contracts';
import { firstValueFrom } from 'rxjs';
import { QUIET } from '../api/http-context';

const PATH = '/v1/session';

/** Who is signed in and what they may do. Read before the first route; read again after signing in again. */
@Service()
export class Session {
  private readonly http = inject(HttpClient);
  private readonly state = signal<SessionView | null>(null);
  private readonly gone = signal(false);

  readonly view = this.state.asReadonly();
  /** The session ended while somebody was working; the overlay of the shell shows. */
  readonly lost = this.gone.asReadonly();
  readonly user = computed(() => this.state()?.user ?? null);
  readonly roles = computed(() => this.state()?.roles ?? []);
  private readonly granted = computed(() => new Set<string>(this.state()?.permissions ?? []));
  private waiting: (() => void)[] = [];

  /** Reads the session; null when nobody is signed in. Throws when the server cannot be reached. */
  async load(): Promise<SessionView | null> {
    const context = new HttpContext().set(QUIET, true);
    try {
      this.state.set(await firstValueFrom(this.http.get<SessionView>(PATH, { context })));
      return this.state();
    } catch (failure) {
      if ((failure as { status?: number }).status === 401) return null;
      throw failure;
    }
  }

  /** Whether the caller holds a permission. Reads a signal: use it in templates and computed values. */
  can(permission: Permission): boolean {
    return this.granted().has(permission);
  }

  /** Signs out everywhere this cookie is used and goes to the sign-in page. */
  async end(): Promise<void> {
    await firstValueFrom(this.http.delete(PATH, { context: new HttpContext().set(QUIET, true) })).catch(
      () => undefined,
    );
    leaveTo('/sign-in');
  }

  /** Called when a request found no session: shows the overlay and resolves once somebody signed in again. */
  waitForReturn(): Promise<void> {
    this.gone.set(true);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /**
   * Looks whether the session is back. True: the waiting requests go on. Another person's session starts the console
   * afresh, because what is on the page is not theirs to see.
   */
  async resume(): Promise<boolean> {
    const before = this.state()?.user.id;
    const found = await this.load().catch(() => null);
    if (!found) return false;
    if (before !== undefined && found.user.id !== before) {
      leaveTo('/');
      return false;
    }
    this.gone.set(false);
    const waiting = this.waiting;
    this.waiting = [];
    for (const resume of waiting) resume();
    return true;
  }
}

/** Leaves the application for a page of the server. */
export function leaveTo(url: string): void {
  window.location.assign(url);
}

/** The sign-in page, coming back to where somebody is. */
export function signInUrl(): string {
  return `/sign-in?return_to=${encodeURIComponent(window.location.pathname + window.location.search)}`;
}
