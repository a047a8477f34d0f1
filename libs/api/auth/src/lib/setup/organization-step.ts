import { Injectable } from '@nestjs/common';
import { ApplicationSeeding } from '@tollgate/api/applications';
import { createApplication, createOrganization } from '@tollgate/contracts';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';
import { OrganizationSeeding } from '@tollgate/api/organizations';
import { CreateInvitation } from '../invitations/create-invitation';
import { field, notice } from '../pages/form-parts';
import { attribute, markup, type Markup } from '../pages/markup';
import {
  stepError,
  type SetupStep,
  type StepContext,
  type StepFault,
  type StepFields,
  type StepOutcome,
  type StepView,
} from './setup-step';

interface Made {
  readonly slug: string;
  readonly test: string;
  readonly live: string;
  readonly invited: string | null;
}

/** The first organization with its first application and keys, and an invitation to whoever will own it. */
@Injectable()
export class OrganizationStep implements SetupStep {
  readonly key = 'organization';
  readonly title = 'First organization';

  constructor(
    private readonly organizations: OrganizationSeeding,
    private readonly applications: ApplicationSeeding,
    private readonly inviting: CreateInvitation,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  view(_context: StepContext, fields: StepFields, fault: StepFault | null): Promise<StepView> {
    return Promise.resolve({
      heading: 'Create the first organization',
      lead: 'An organization has its own people, applications and credits. Its first application gets a live and a test key.',
      body: [
        field({
          name: 'organization',
          label: 'Organization',
          autocomplete: 'organization',
          value: fields['organization'],
          ...stepError(fault, 'organization'),
        }),
        field({
          name: 'owner',
          label: 'E-mail address of its owner',
          type: 'email',
          autocomplete: 'off',
          value: fields['owner'],
          hint: 'They are invited by mail. You can do without, and run it yourself.',
          optional: true,
          ...stepError(fault, 'owner'),
        }),
        field({
          name: 'application',
          label: 'First application',
          autocomplete: 'off',
          value: fields['application'] ?? 'My application',
          ...stepError(fault, 'application'),
        }),
        addressChoice(fields, fault),
      ],
      submit: 'Create organization and keys',
      skip: 'Do this later',
    });
  }

  async submit(context: StepContext, fields: StepFields): Promise<StepOutcome> {
    const organization = createOrganization.body.safeParse({ name: (fields['organization'] ?? '').trim() });
    if (!organization.success) return again('organization', 'Give the organization a name of at most 120 characters.');
    const application = createApplication.body.safeParse({
      name: (fields['application'] ?? '').trim(),
      address_mode: fields['address_mode'],
      allowed_addresses: (fields['allowed_addresses'] ?? '').split(/[\s,;]+/).filter((text) => text !== ''),
    });
    if (!application.success) {
      const [issue] = application.error.issues;
      return issue?.path[0] === 'name'
        ? again('application', 'Give the application a name of at most 120 characters.')
        : again('address_mode', 'Choose from where its live keys may be used.');
    }
    try {
      const owner = (fields['owner'] ?? '').trim();
      return shown(await this.make(context, organization.data, application.data, owner === '' ? null : owner));
    } catch (error) {
      return refused(error);
    }
  }

  private async make(
    { caller }: StepContext,
    organization: Parameters<OrganizationSeeding['create']>[0],
    application: Parameters<ApplicationSeeding['create']>[1],
    owner: string | null,
  ): Promise<Made> {
    return this.unitOfWork.run(async () => {
      const { id, slug } = await this.organizations.create(organization);
      const keys = await this.applications.createKeys(await this.applications.create(id, application));
      const acting = { ...caller, actingOrganizationId: id };
      if (owner !== null) await this.inviting.execute({ email: owner, roles: ['owner'] }, acting);
      return { slug, test: keys.test.token, live: keys.live.token, invited: owner };
    });
  }
}

function addressChoice(fields: StepFields, fault: StepFault | null): Markup {
  const mode = fields['address_mode'];
  const choice = (value: string, label: string, text: string) =>
    markup`<label class="choice"><input type="radio" name="address_mode" value="${value}"${
      mode === value && attribute('checked', '')
    }><span>${label}<small>${text}</small></span></label>`;
  const { error } = { error: undefined, ...stepError(fault, 'address_mode') };
  return markup`<fieldset${attribute('aria-describedby', error === undefined ? null : 'address_mode-error')}>
<legend>From where may its live keys be used?</legend>
${choice('any', 'From any address', 'The key alone decides. Good to begin with.')}
${choice('listed', 'Only from the addresses below', 'Calls from elsewhere are refused, even with the right key.')}
${error !== undefined && markup`<p class="error" id="address_mode-error">${error}</p>`}
${field({
  name: 'allowed_addresses',
  label: 'Addresses',
  autocomplete: 'off',
  value: fields['allowed_addresses'],
  look: 'mono',
  hint: 'Addresses and ranges with commas between: 203.0.113.7, 2001:db8::/48',
  optional: true,
  ...stepError(fault, 'allowed_addresses'),
})}</fieldset>`;
}

function again(name: string, message: string): StepOutcome {
  return { kind: 'again', status: 422, field: name, message };
}

const FIELD_OF: Readonly<Record<string, string>> = {
  slug_taken: 'organization',
  site_key_taken: 'application',
  invalid_address_range: 'allowed_addresses',
  address_mode_required: 'address_mode',
  validation_failed: 'owner',
};

function refused(error: unknown): StepOutcome {
  if (!(error instanceof DomainError) || error.kind === 'bug' || error.kind === 'unavailable') throw error;
  const message = error.code === 'validation_failed' ? 'Give an address such as ann@example.com.' : error.message;
  return again(FIELD_OF[error.code] ?? 'organization', message);
}

function shown(made: Made): StepOutcome {
  return {
    kind: 'show',
    heading: 'Keep these keys now',
    body: markup`<p class="lead">They are shown this once; only a hash of each is stored. A lost key is replaced in the console.</p>
<div class="stack"><div><h2>Test key</h2><code class="secret">${made.test}</code><p class="hint">Runs everything without a provider and without credits.</p></div>
<div><h2>Live key</h2><code class="secret">${made.live}</code><p class="hint">Sends real messages, paid by the organization’s credits.</p></div></div>
${made.invited !== null && notice('success', markup`<p>An invitation is on its way to ${made.invited}.</p>`)}`,
  };
}
