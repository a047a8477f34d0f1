import { Injectable } from '@nestjs/common';
import { changesBetween, type FieldChange } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError } from '@tollgate/api/kernel';
import type { InputOf, updateProvider } from '@tollgate/contracts';
import type { ProviderRow } from '../persistence/entities';
import { Providers, type StoredProvider } from '../persistence/providers';
import type { Credentials } from '../providers/provider-setup';
import { routeOf } from './provider-rules';
import { CheckProvider } from './check-provider';
import { ProviderSecrets } from './provider-secrets';
import { auditedProvider, ProviderTrail } from './provider-trail';

export type ProviderEdit = InputOf<typeof updateProvider>['body'];

/** How long the old address of callbacks works after a new one was made: vendors keep what they were given. */
const OLD_CALLBACK_MS = 24 * 3_600_000;

/** Changes a delivery provider. In force in every process within a second, without a restart. */
@Injectable()
export class UpdateProvider {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly providers: Providers,
    private readonly checkProvider: CheckProvider,
    private readonly secrets: ProviderSecrets,
    private readonly trail: ProviderTrail,
  ) {}

  /** Errors: not_found, provider_settings_invalid, address_refused, version_conflict. */
  async execute(id: string, edit: ProviderEdit): Promise<StoredProvider> {
    const stored = await this.providers.find(id);
    if (stored === null) throw new DomainError('not_found');
    const after = this.edited(stored.row, edit);
    const credentials = merged(this.secrets.open(stored), edit.credentials ?? {});
    const route = routeOf(after.row.kind, after.route);
    const setup = await this.checkProvider.check(
      { kind: after.row.kind, settings: after.row.settings, credentials, enabled: after.row.enabled },
      route.faults,
    );
    const row: ProviderRow = {
      ...after.row,
      channels: route.channels.join(','),
      countries: route.countries === null ? null : [...route.countries],
      settings: setup.settings,
      updatedAt: this.clock.recordedAt(),
    };
    return this.unitOfWork.run(() => this.store(stored, row, edit, Object.keys(credentials)));
  }

  private edited(before: ProviderRow, edit: ProviderEdit) {
    const row: ProviderRow = {
      ...before,
      name: edit.name ?? before.name,
      priority: edit.priority ?? before.priority,
      weight: edit.weight ?? before.weight,
      enabled: edit.enabled ?? before.enabled,
      settings: edit.settings ?? before.settings,
      ...(edit.rotate_callback_token === true ? this.rotated(before) : {}),
    };
    const channels = edit.channels ?? (before.channels.split(',') as NonNullable<ProviderEdit['channels']>);
    return { row, route: { channels, countries: edit.countries === undefined ? before.countries : edit.countries } };
  }

  private rotated(before: ProviderRow): Partial<ProviderRow> {
    return {
      ...this.secrets.callbackFor(before.id, before.kind),
      oldCallbackHash: before.callbackHash,
      oldCallbackUntil: this.clock.recordedAt() + OLD_CALLBACK_MS,
    };
  }

  private async store(
    before: StoredProvider,
    row: ProviderRow,
    edit: ProviderEdit,
    names: readonly string[],
  ): Promise<StoredProvider> {
    const { id, kind: _kind, version, createdAt: _createdAt, ...columns } = row;
    if (!(await this.providers.update(id, version, columns))) throw new DomainError('version_conflict');
    await this.secrets.store(id, edit.credentials ?? {}, row.updatedAt);
    const changes: FieldChange[] = changesBetween(
      auditedProvider(
        before.row,
        before.credentials.map(({ name }) => name),
      ),
      auditedProvider(row, names),
    );
    for (const name of Object.keys(edit.credentials ?? {})) {
      changes.push({
        field: `credentials.${name}`,
        before: '[secret]',
        after: edit.credentials?.[name] === null ? null : '[secret]',
      });
    }
    if (edit.rotate_callback_token === true)
      changes.push({ field: 'callback_token', before: '[secret]', after: '[secret]' });
    await this.trail.record('provider.updated', row, changes);
    const stored = await this.providers.find(id);
    if (stored === null) throw new DomainError('not_found');
    return stored;
  }
}

function merged(kept: Credentials, changes: Readonly<Record<string, string | null>>): Credentials {
  const all: Record<string, string> = { ...kept };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete all[name];
    else all[name] = value;
  }
  return all;
}
