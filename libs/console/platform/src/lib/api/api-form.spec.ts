import { Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { Api, Permissions, apiResource } from '../../index';
import { FakeApi, problem, renderPage } from '../../testing';
import { FormFrame, SelectField, SettingsPage, TextField, Toasts, UnsavedForms, apiForm } from '@tollgate/console/ui';
import { FormHarness } from '@tollgate/console/ui/testing';
import { getOrganization, updateOrganization } from '@tollgate/contracts';
import { TestBed } from '@angular/core/testing';

/** The form page of docs/console.md, so that the guide cannot be wrong. */
@Component({
  selector: 'tg-organization-form',
  imports: [FormFrame, SelectField, SettingsPage, TextField],
  template: `
    <tg-settings-page title="Settings">
      <tg-form [form]="form" bar="inline" submitLabel="Save changes">
        <tg-text-field label="Name" [field]="form.fields.name" />
        <tg-text-field label="Slug" [field]="form.fields.slug" [mono]="true" hint="Stands in addresses" />
        <tg-text-field label="Country" [field]="form.fields.country" [optional]="true" />
      </tg-form>
    </tg-settings-page>
  `,
})
class OrganizationForm {
  readonly id = input.required<string>();
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  private readonly permissions = inject(Permissions);
  protected readonly organization = apiResource(getOrganization, () => ({ params: { id: this.id() } }));
  readonly form = apiForm({
    schema: updateOrganization.body.omit({ version: true }),
    model: { name: '', slug: '', country: '' },
    source: () => {
      const stored = this.organization.value();
      return stored && { name: stored.name, slug: stored.slug, country: stored.country ?? '' };
    },
    readOnly: () => this.permissions.refusal('organizations:update'),
    submit: (body) =>
      this.api.call(updateOrganization, {
        params: { id: this.id() },
        body: { version: this.organization.value()?.version ?? 0, ...body },
      }),
    done: (saved) => {
      this.organization.set(saved);
      this.toasts.done('Saved');
    },
    reload: async () => {
      const stored = await this.api.call(getOrganization, { params: { id: this.id() } });
      this.organization.set(stored);
      return { name: stored.name, slug: stored.slug, country: stored.country ?? '' };
    },
  });
}

const ID = 'org_01KAMCX4E8S0N6R2V5T9W3Y7ZA';
const stored = (more: object = {}) => ({ id: ID, name: 'Acme', slug: 'acme', country: null, version: 7, ...more });

describe('A form of the API', () => {
  const render = async (answers: Record<string, unknown> = {}, options: Parameters<typeof renderPage>[1] = {}) => {
    const api = new FakeApi({ 'GET /v1/organizations/:id': stored(), ...answers });
    const rendered = await renderPage(OrganizationForm, {
      url: `organizations/${ID}`,
      path: 'organizations/:id',
      ...options,
      api,
    });
    return { ...rendered, form: await rendered.loader.getHarness(FormHarness) };
  };
  const PATCH = 'PATCH /v1/organizations/:id';

  it('starts with what is stored', async () => {
    const { form } = await render();
    expect([await form.value('Name'), await form.value('Slug'), await form.value('Country')]).toEqual([
      'Acme',
      'acme',
      '',
    ]);
  });

  it('refuses by the schema of the contract, in words, and sends nothing', async () => {
    const { form, api } = await render();
    await form.fill('Slug', 'Not A Slug');
    expect(await form.error('Slug')).toBe('Takes lower-case letters, digits and single hyphens between them');
    await form.fill('Name', '');
    await form.submit();
    expect(api.callsOf(PATCH)).toHaveLength(0);
  });

  it('sends blanks of nullable members as null, with the version', async () => {
    const { form, api, settle } = await render({ [PATCH]: stored({ name: 'Acme Ltd', version: 8 }) });
    await form.fill('Name', 'Acme Ltd');
    await form.submit();
    await settle();
    expect(api.callsOf(PATCH)[0]?.body).toEqual({ version: 7, name: 'Acme Ltd', slug: 'acme', country: null });
  });

  it('puts errors of the server on their fields and keeps the input', async () => {
    const { form, settle } = await render({
      [PATCH]: problem(422, 'validation_failed', 'Not valid', { issues: [{ path: 'slug', message: 'is taken' }] }),
    });
    await form.fill('Slug', 'other');
    await form.submit();
    await settle();
    expect(await form.error('Slug')).toBe('Is taken');
    expect(await form.value('Slug')).toBe('other');
    await form.fill('Slug', 'third');
    expect(await form.error('Slug')).toBeNull();
  });

  it('says above the fields what none of them shows', async () => {
    const { form, settle } = await render({
      [PATCH]: problem(409, 'built_in_organization', 'It cannot be changed this way'),
    });
    await form.fill('Name', 'Other');
    await form.submit();
    await settle();
    expect(await form.message()).toContain('It cannot be changed this way');
  });

  it('keeps mine or takes theirs when somebody else was first', async () => {
    const { form, api, settle } = await render({ [PATCH]: problem(409, 'version_conflict', 'Changed meanwhile') });
    await form.fill('Name', 'Mine');
    api.on('GET /v1/organizations/:id', stored({ name: 'Theirs', version: 8 }));
    await form.submit();
    await settle();
    expect(await form.message()).toContain('Somebody else changed this');
    expect(await form.value('Name')).toBe('Mine');
    api.on(PATCH, stored({ name: 'Mine', version: 9 }));
    await form.resolve('mine');
    await settle();
    expect(api.callsOf(PATCH).at(-1)?.body).toMatchObject({ version: 8, name: 'Mine' });
    expect(await form.message()).toBeNull();
  });

  it('is read-only with the reason for those who may not change it', async () => {
    const { form } = await render({}, { permissions: ['organizations:read'], roles: ['viewer'] });
    expect(await form.isDisabled('Name')).toBe(true);
    expect(await form.message()).toContain('Your role (viewer) does not include this');
    expect(await form.submitLabel()).toBeNull();
  });

  it('counts as unsaved only while it truly differs', async () => {
    const { form } = await render();
    const unsaved = TestBed.inject(UnsavedForms);
    await form.fill('Name', 'Other');
    expect(unsaved.any()).toBe(true);
    await form.fill('Name', 'Acme');
    expect(unsaved.any()).toBe(false);
    await TestBed.inject(Router).navigateByUrl('/elsewhere');
    expect(unsaved.any()).toBe(false);
  });
});
