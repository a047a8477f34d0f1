import { snakeCase } from './columns';

describe('snakeCase', () => {
  it('names the column of a property', () => {
    const names = ['id', 'organizationId', 'pendingKey', 'sha256', 'step2At', 'aB'];
    expect(names.map(snakeCase)).toEqual(['id', 'organization_id', 'pending_key', 'sha256', 'step2_at', 'a_b']);
  });
});
