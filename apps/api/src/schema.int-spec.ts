import { onBothEngines, schemaProblems } from '@tollgate/api/testing';
import { SCHEMA } from './app.module';

onBothEngines((engine) => {
  it('every table is what its entity says, and goes and comes back as it was', async () => {
    expect(await schemaProblems(engine, SCHEMA)).toEqual([]);
  });
});
