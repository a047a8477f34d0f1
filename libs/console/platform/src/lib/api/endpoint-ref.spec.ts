import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { Problem } from '@tollgate/console/ui';
import { problemFrom } from './problem-mapping';
import { urlOf } from './endpoint-ref';

describe('The address of a call', () => {
  it('fills in and encodes parameters, and leaves out what is absent', () => {
    expect(
      urlOf('/v1/applications/:id/keys', { id: 'a/b' }, { q: 'x y', sort: undefined, status: '', limit: 50 }),
    ).toBe('/v1/applications/a%2Fb/keys?q=x+y&limit=50');
  });

  it('refuses to call without a parameter of the path', () => {
    expect(() => urlOf('/v1/applications/:id', { id: '' }, {})).toThrow('needs id');
  });
});

describe('A failed answer', () => {
  const mapped = (init: ConstructorParameters<typeof HttpErrorResponse>[0]) =>
    problemFrom(new HttpErrorResponse(init)) as Problem;

  it('keeps everything that the problem document says', () => {
    const problem = mapped({
      status: 402,
      error: {
        type: '/docs#insufficient_credits',
        title: 'Not enough',
        status: 402,
        code: 'insufficient_credits',
        detail: 'It takes 5',
        request_id: 'req_1',
        balance: 1000,
        issues: [
          { path: 'settings.code.length', message: 'too long' },
          { path: ['name'], message: 'empty' },
        ],
      },
    });
    expect(problem).toMatchObject({
      status: 402,
      code: 'insufficient_credits',
      requestId: 'req_1',
      detail: 'It takes 5',
      extra: { balance: 1000 },
    });
    expect(problem.issues).toEqual([
      { path: ['settings', 'code', 'length'], message: 'too long' },
      { path: ['name'], message: 'empty' },
    ]);
  });

  it('is read when it comes as text', () => {
    expect(mapped({ status: 409, error: '{"code":"slug_taken","title":"Taken"}' }).code).toBe('slug_taken');
  });

  it('of a proxy has its status and words of our own', () => {
    const problem = mapped({
      status: 502,
      error: '<html>Bad gateway</html>',
      headers: new HttpHeaders({ 'x-request-id': 'req_9', 'retry-after': '7' }),
    });
    expect(problem).toMatchObject({ status: 502, code: 'http_502', requestId: 'req_9', retryAfter: 7 });
    expect(problem.title).not.toContain('html');
  });

  it('of no connection is one that says so', () => {
    expect(mapped({ status: 0 })).toMatchObject({ code: 'network_error', isOffline: true });
  });

  it('that is no HTTP failure is passed on as it is', () => {
    const failure = new TypeError('bug');
    expect(problemFrom(failure)).toBe(failure);
  });
});
