import { jest } from '@jest/globals';
import { AuditModule } from '@tollgate/api/audit';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { onBothEngines, schemaProblems } from '@tollgate/api/testing';
import { ApplicationsModule } from '../applications.module';

// Databases are made and dropped while other suites share the machine.
jest.setTimeout(30_000);

onBothEngines((engine) => {
  it('the tables of organizations, applications and audit are what their entities say, and go as they came', async () => {
    const parts = [AuditModule.schema, OrganizationsModule.schema, ApplicationsModule.schema];
    expect(await schemaProblems(engine, parts)).toEqual([]);
  });
});
