import { ENDPOINTS, ERROR_CATALOGUE, statusOf } from '@tollgate/contracts';
import { errorCodesOf } from './error-codes';
import { exampleOf, smallestExampleOf } from './examples';
import { generate } from './generate';
import { jsonSchemaOf } from './json-schema';
import { openApiOf, templatePath } from './openapi';

const complaints = (name: string, result: { success: boolean; error?: { issues: unknown } }): string[] =>
  result.success ? [] : [`${name}: ${JSON.stringify(result.error?.issues)}`];

describe('the document', () => {
  const document = openApiOf(ENDPOINTS);
  const text = JSON.stringify(document);

  it('holds every endpoint of the contract once', () => {
    for (const { method, path, id } of ENDPOINTS) {
      expect(document.paths[templatePath(path)]?.[method.toLowerCase()]?.operationId).toBe(id);
    }
  });

  it('refers to nothing that is not in it', () => {
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
    const missing = references.filter((reference) => {
      const found = reference
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
      return found === undefined;
    });
    expect(missing).toEqual([]);
  });

  it('shows bodies that the server would take', () => {
    const wrong = ENDPOINTS.flatMap(({ id, body }) =>
      body === undefined ? [] : complaints(id, body.safeParse(smallestExampleOf(jsonSchemaOf(body, 'input'), id))),
    );
    expect(wrong).toEqual([]);
  });

  it('shows answers that the server could give', () => {
    const wrong = ENDPOINTS.filter(({ produces }) => produces === undefined).flatMap(({ id, responses }) =>
      Object.entries(responses).flatMap(([status, schema]) =>
        schema === null
          ? []
          : complaints(`${id} ${status}`, schema.safeParse(exampleOf(jsonSchemaOf(schema, 'output')))),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('names for every operation the errors that its kind has', () => {
    for (const endpoint of ENDPOINTS) {
      const codes = errorCodesOf(endpoint);
      expect(codes).toEqual(expect.arrayContaining(['internal_error', 'unavailable']));
      if (typeof endpoint.access === 'string') expect(codes).toContain('missing_credentials');
      for (const code of codes) expect([code, statusOf(code) >= 400]).toEqual([code, true]);
    }
  });

  it('is the same whenever it is made', () => {
    expect(generate()).toEqual(generate());
  });
});

describe('the reference', () => {
  const { page } = generate();

  it('has an anchor for every endpoint and every code, and links to nothing else', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of ENDPOINTS) expect(ids).toContain(id);
    for (const code of Object.keys(ERROR_CATALOGUE)) expect(ids).toContain(code);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });

  it('runs nothing and fetches nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(| on\w+=| style=/i);
  });

  it('shows what the contract says as text, whatever is in it', () => {
    const hostile = { ...ENDPOINTS[0], summary: '<img src=x onerror=alert(1)>', description: '<script>x</script>' };
    const document = openApiOf([hostile as never]);
    expect(JSON.stringify(document)).toContain('<img');
    expect(page).not.toContain('<img');
  });
});
