import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Jobs, Toasts } from '@tollgate/console/ui';
import { Exports } from '../../index';
import { FakeApi, problem, renderPage } from '../../testing';

@Component({ selector: 'tg-spec-page', template: '' })
class SpecPage {}

const view = (status: string, rows: number) => ({
  id: 'exp_1',
  list: 'requests',
  format: 'csv',
  status,
  rows,
  total: 100,
  size_bytes: null,
});

describe('An export', () => {
  it('is followed in the tray until its file is there', async () => {
    const api = new FakeApi({ 'POST /v1/exports': view('queued', 0), 'GET /v1/exports/:id': view('done', 100) });
    await renderPage(SpecPage, { api });
    await TestBed.inject(Exports).start('requests', 'csv', 'Request log', { status: '5xx' });
    expect(api.callsOf('POST /v1/exports')[0]?.body).toEqual({
      list: 'requests',
      format: 'csv',
      filters: { status: '5xx' },
    });
    expect(TestBed.inject(Jobs).all()).toEqual([
      {
        id: 'exp_1',
        label: 'Request log (CSV)',
        status: 'ready',
        progress: 1,
        detail: '100 of 100 rows',
        href: '/v1/exports/exp_1/file',
      },
    ]);
  });

  it('says why it could not start', async () => {
    await renderPage(SpecPage, {
      api: new FakeApi({ 'POST /v1/exports': problem(403, 'permission_denied', 'Your role lacks it') }),
    });
    await TestBed.inject(Exports).start('usage', 'xlsx', 'Usage log', {});
    expect(TestBed.inject(Toasts).current()?.text).toBe('Usage log could not be exported: Your role lacks it');
    expect(TestBed.inject(Jobs).all()).toEqual([]);
  });
});
