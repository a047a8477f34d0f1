import { Component, effect, inject, untracked } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';
import { createOrganization, organizationSettings } from '@tollgate/contracts';
import { Api, Permissions } from '@tollgate/console/platform';
import {
  FormFrame,
  LookupField,
  SettingsPage,
  SettingsSection,
  TextField,
  Toasts,
  apiForm,
  searchTimeZones,
} from '@tollgate/console/ui';
import * as z from 'zod';
import { slugOf } from './slug-of';

const { name, slug, country } = createOrganization.body.shape;
const schema = z.strictObject({ name, slug, country, time_zone: organizationSettings.shape.time_zone.min(1) });

/** A new organization: its name, and an address that follows the name until somebody writes another. */
@Component({
  selector: 'tg-new-organization-page',
  imports: [FormFrame, LookupField, SettingsPage, SettingsSection, TextField],
  template: `
    <tg-settings-page
      title="Create organization"
      subtitle="It starts without credits, people or applications"
      [crumbs]="[{ label: 'Organizations', link: '..' }]"
    >
      <tg-form [form]="form" submitLabel="Create organization" cancelLabel="Cancel" (cancelled)="leave()">
        <tg-settings-section anchor="general" title="General">
          <tg-text-field label="Name" [field]="form.fields.name" autocomplete="organization" />
          <tg-text-field
            label="Slug"
            prefix="/o/"
            [mono]="true"
            [field]="form.fields.slug"
            [optional]="true"
            hint="Stands in the console’s addresses. Made from the name unless you write another"
          />
          <tg-text-field
            label="Country"
            [field]="form.fields.country"
            [optional]="true"
            hint="Two letters such as ZA"
          />
          <tg-lookup-field
            label="Time zone"
            [field]="form.fields.time_zone"
            [search]="zones"
            hint="Days and months of its reports are cut in it"
          />
        </tg-settings-section>
      </tg-form>
    </tg-settings-page>
  `,
})
export class NewOrganizationPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly permissions = inject(Permissions);
  private readonly toasts = inject(Toasts);
  protected readonly zones = searchTimeZones;
  private suggested = '';

  protected readonly form = apiForm({
    schema,
    model: { name: '', slug: '', country: '', time_zone: 'UTC' },
    readOnly: () => this.permissions.refusal('organizations:create'),
    submit: ({ time_zone, ...body }) =>
      this.api.call(createOrganization, { body: { ...body, settings: { time_zone } } }),
    done: (created) => {
      this.toasts.done(`${created.name} is created`);
      void this.router.navigate(['..', created.id], { relativeTo: this.route });
    },
  });

  constructor() {
    effect(() => {
      const suggestion = slugOf(this.form.fields.name().value());
      untracked(() => {
        const field = this.form.fields.slug();
        if (field.value() === this.suggested) field.value.set(suggestion);
        this.suggested = suggestion;
      });
    });
  }

  protected leave(): void {
    this.form.reset();
    void this.router.navigate(['..'], { relativeTo: this.route });
  }
}
