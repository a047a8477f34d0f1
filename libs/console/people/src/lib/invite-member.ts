import { Component, effect, inject, input, output, untracked } from '@angular/core';
import { createInvitation } from '@tollgate/contracts';
import { Api, Permissions } from '@tollgate/console/platform';
import { FormFrame, Loaded, MultiChoiceField, Region, TextField, Toasts, apiForm } from '@tollgate/console/ui';
import * as z from 'zod';
import { TeamPlace } from './team-place';

/** Mails somebody a link that works once, for 72 hours. */
@Component({
  selector: 'tg-invite-member',
  imports: [FormFrame, Loaded, MultiChoiceField, Region, TextField],
  template: `
    <tg-form [form]="form" submitLabel="Send invitation" cancelLabel="Cancel" (cancelled)="done.emit()">
      <tg-text-field
        label="E-mail"
        type="email"
        [field]="form.fields.email"
        hint="They get a link that works once, for 72 hours"
      />
      <tg-text-field label="Name" [field]="form.fields.name" [optional]="true" hint="How the mail greets them" />
      <tg-region what="the roles">
        <ng-template [tgLoaded]="place.roles">
          <tg-multi-choice-field
            label="Roles"
            hint="You can give the roles that hold no permission you lack"
            [field]="form.fields.roles"
            [options]="place.options()"
          />
        </ng-template>
      </tg-region>
    </tg-form>
  `,
})
export class InviteMember {
  /** Roles that are ticked to begin with. */
  readonly startWith = input<readonly string[]>([]);
  readonly done = output<void>();
  protected readonly place = inject(TeamPlace);
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);

  protected readonly form = apiForm({
    schema: createInvitation.body.extend({
      email: z.email(),
      roles: z.array(z.string()).min(1, 'Give at least one role'),
    }),
    model: { email: '', name: '', roles: [] as string[] },
    readOnly: () => this.permissions.refusal('team:manage'),
    submit: (body) => this.api.call(createInvitation, { body, organization: this.place.organization() }),
    done: (invitation) => {
      this.toasts.done(`${invitation.email} is invited`);
      this.form.reset({ email: '', name: '', roles: [] });
      this.done.emit();
    },
  });

  constructor() {
    effect(() => {
      const roles = [...this.startWith()];
      untracked(() => this.form.reset({ email: '', name: '', roles }));
    });
  }
}
