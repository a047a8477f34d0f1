import { Component, computed, inject, input, output } from '@angular/core';
import { readTeamMember, updateTeamMember } from '@tollgate/contracts';
import { Api, Permissions, Session, apiResource } from '@tollgate/console/platform';
import {
  FormFrame,
  Id,
  Loaded,
  MultiChoiceField,
  Problem,
  Region,
  StatusChip,
  Time,
  Toasts,
  apiForm,
  toProblem,
} from '@tollgate/console/ui';
import * as z from 'zod';
import { refusalOf } from './member-acts';
import { TeamPlace } from './team-place';

/** One member: what is known of them, and their roles. */
@Component({
  selector: 'tg-member-form',
  imports: [FormFrame, Id, Loaded, MultiChoiceField, Region, StatusChip, Time],
  template: `
    <tg-region what="this member">
      <ng-template [tgLoaded]="member" let-shown>
        <div class="tg-stack">
          <div class="tg-row">
            <strong>{{ shown.name }}</strong>
            <tg-status [value]="shown.status" />
          </div>
          <dl class="tg-facts">
            <div>
              <dt>E-mail</dt>
              <dd>{{ shown.email }}</dd>
            </div>
            <div>
              <dt>Id</dt>
              <dd><tg-id [value]="shown.id" /></dd>
            </div>
            <div>
              <dt>Second factor</dt>
              <dd>{{ shown.second_factor ? 'On' : 'Off' }}</dd>
            </div>
            <div>
              <dt>Last sign-in</dt>
              <dd>
                @if (shown.last_sign_in_at; as last) {
                  <tg-time [value]="last" />
                } @else {
                  Never
                }
              </dd>
            </div>
          </dl>
          <tg-form [form]="form" bar="sticky" submitLabel="Change roles">
            <tg-multi-choice-field
              label="Roles"
              hint="A change ends their sessions: they sign in again with the new roles"
              [field]="form.fields.roles"
              [options]="options()"
            />
          </tg-form>
        </div>
      </ng-template>
    </tg-region>
  `,
})
export class MemberForm {
  readonly id = input.required<string>();
  readonly saved = output<void>();
  private readonly api = inject(Api);
  private readonly place = inject(TeamPlace);
  private readonly permissions = inject(Permissions);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);

  protected readonly member = apiResource(readTeamMember, () => ({
    params: { id: this.id() },
    organization: this.place.organization(),
  }));
  // Roles that the caller may not give are shown all the same where somebody has them.
  protected readonly options = computed(() => {
    const given = this.place.options();
    const held = (this.member.value()?.roles ?? []).filter((key) => !given.some((one) => one.value === key));
    return [...held.map((key) => ({ value: key, label: this.place.nameOf(key) })), ...given];
  });

  protected readonly form = apiForm({
    schema: z.strictObject({ roles: z.array(z.string()).min(1, 'Give at least one role') }),
    model: { roles: [] as string[] },
    source: () => {
      const stored = this.member.value();
      return stored && { roles: this.ordered(stored.roles) };
    },
    readOnly: () =>
      this.id() === this.session.user()?.id
        ? 'Nobody changes their own roles. Ask another owner or admin.'
        : this.permissions.refusal('team:manage'),
    submit: async ({ roles }) => {
      try {
        return await this.api.call(updateTeamMember, {
          params: { id: this.id() },
          body: { roles, ...this.version() },
          organization: this.place.organization(),
        });
      } catch (failure) {
        throw explained(failure);
      }
    },
    done: (changed) => {
      this.member.set(changed);
      this.toasts.done(`${changed.name} has new roles`);
      this.saved.emit();
    },
    reload: async () => {
      const stored = await this.api.call(readTeamMember, {
        params: { id: this.id() },
        organization: this.place.organization(),
      });
      this.member.set(stored);
      return { roles: this.ordered(stored.roles) };
    },
  });

  private version(): { version?: number } {
    const version = this.member.value()?.version;
    return version === undefined ? {} : { version };
  }

  /** In the order of the boxes, so that ticking one and back is no change. */
  private ordered(roles: readonly string[]): string[] {
    const order = this.options().map((one) => one.value);
    return [...roles].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }
}

/** The same failure with words that say what to do. A conflict stays itself: the form settles it. */
function explained(failure: unknown): Problem {
  const { status, code, requestId, extra } = toProblem(failure);
  if (toProblem(failure).isVersionConflict) return toProblem(failure);
  return new Problem({ status, code, title: refusalOf(failure), requestId, extra });
}
