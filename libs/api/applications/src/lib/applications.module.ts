import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { AuditModule } from '@tollgate/api/audit';
import type { SchemaPart } from '@tollgate/api/database';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { ApplicationDirectory } from './application-directory';
import { ApplicationSeeding, AuditedApplicationSeeding } from './application-seeding';
import { CachedApplicationDirectory } from './cached-application-directory';
import { CreateApplication } from './create-application';
import { DeleteApplication } from './delete-application';
import { DestinationForms } from './destination-forms';
import { EditApplication } from './edit-application';
import { FindApplications } from './find-applications';
import { ApplicationsController } from './http/applications.controller';
import { KeysController } from './http/keys.controller';
import { TestNumbersController } from './http/test-numbers.controller';
import { ApiKeyStrategy } from './keys/api-key-strategy';
import { AuthenticateKey } from './keys/authenticate-key';
import { CreateKey } from './keys/create-key';
import { KeyGate } from './keys/key-gate';
import { KeyRefusals } from './keys/key-refusals';
import { KeyReplacement } from './keys/key-replacement';
import { KeyUse } from './keys/key-use';
import { KnownKeys } from './keys/known-keys';
import { MintKey } from './keys/mint-key';
import { ReadKeys } from './keys/read-keys';
import { RevokeKey } from './keys/revoke-key';
import { RotateKey } from './keys/rotate-key';
import { ApiKeyRow } from './persistence/api-key.entity';
import { ApiKeys } from './persistence/api-keys';
import { ApplicationRow } from './persistence/application.entity';
import { Applications } from './persistence/applications';
import { applicationMigrations } from './persistence/migrations';
import { SealedTestNumberColumns } from './persistence/sealed-test-number-columns';
import { TestNumberRow } from './persistence/test-number.entity';
import { TestNumbers } from './persistence/test-numbers';
import { ReadApplications } from './read-applications';
import { AddTestNumber } from './test-numbers/add-test-number';
import { ReadTestNumbers } from './test-numbers/read-test-numbers';
import { RemoveTestNumber } from './test-numbers/remove-test-number';
import { SealedTestNumbers } from './test-numbers/sealed-test-numbers';
import { TestNumberChanges } from './test-numbers/test-number-changes';

const KEYS = [
  ApiKeyStrategy,
  ApiKeys,
  AuthenticateKey,
  CreateKey,
  KeyGate,
  KeyRefusals,
  KeyReplacement,
  KeyUse,
  KnownKeys,
  MintKey,
  ReadKeys,
  RevokeKey,
  RotateKey,
];
const TEST_NUMBERS = [
  AddTestNumber,
  DestinationForms,
  ReadTestNumbers,
  RemoveTestNumber,
  SealedTestNumberColumns,
  SealedTestNumbers,
  TestNumberChanges,
  TestNumbers,
];

@Module({
  imports: [AuditModule, OrganizationsModule, PassportModule],
  controllers: [ApplicationsController, KeysController, TestNumbersController],
  providers: [
    ...KEYS,
    ...TEST_NUMBERS,
    Applications,
    AuditedApplicationSeeding,
    CachedApplicationDirectory,
    CreateApplication,
    DeleteApplication,
    EditApplication,
    FindApplications,
    ReadApplications,
    { provide: ApplicationDirectory, useExisting: CachedApplicationDirectory },
    { provide: ApplicationSeeding, useExisting: AuditedApplicationSeeding },
  ],
  exports: [ApplicationDirectory, ApplicationSeeding, DestinationForms, KeyRefusals],
})
export class ApplicationsModule {
  static readonly schema: SchemaPart = {
    entities: [ApplicationRow, ApiKeyRow, TestNumberRow],
    migrations: applicationMigrations,
  };
}
