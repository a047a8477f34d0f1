import { ENDPOINTS } from '@tollgate/contracts';
import { readConfig } from '@tollgate/api/config';
import { createHttpApplication, DeclaredRoutesCheck } from '@tollgate/api/http';
import { StructuredLogger } from '@tollgate/api/observability';
import { createTestDatabase } from '@tollgate/api/testing';
import { AppModule } from './app.module';

describe('the routes of the server', () => {
  let lines: string[];

  beforeAll(async () => {
    const storage = await createTestDatabase('sqlite');
    const config = readConfig({
      TOLLGATE_PROFILE: 'test',
      TOLLGATE_DATA_DIR: storage.dataDir,
      DATABASE_URL: storage.url,
    });
    const app = await createHttpApplication(AppModule.with(config, new StructuredLogger('silent')), { logger: false });
    await app.init();
    lines = app
      .get(DeclaredRoutesCheck)
      .served()
      .map(({ route }) => {
        const access = typeof route.access === 'string' ? route.access : `public: ${route.access.public}`;
        return `${route.method} ${route.path} — ${access}${route.stepUp ? ', fresh sign-in' : ''}`;
      })
      .sort();
    await app.close();
    await storage.drop();
  });

  it('are these, with who may call them: whoever adds one sees it here', () => {
    expect(lines).toMatchSnapshot();
  });

  it('hold every endpoint of the contract', () => {
    const served = new Set(lines.map((line) => line.split(' — ')[0]));
    expect(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).filter((name) => !served.has(name))).toEqual([]);
  });
});
