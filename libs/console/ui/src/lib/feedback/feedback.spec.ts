import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  EmptyState,
  Failed,
  JobTray,
  Jobs,
  Loaded,
  Problem,
  Region,
  ToastOutlet,
  Toasts,
  toProblem,
} from '../../index';
import type { Source } from '../../index';
import {
  EmptyStateHarness,
  FailedHarness,
  JobTrayHarness,
  RegionHarness,
  ToastHarness,
  renderPart,
} from '../../testing';

const problem = (status: number, more: object = {}) =>
  new Problem({ status, code: 'some_code', title: 'It said no', ...more });

describe('A failed panel', () => {
  const render = async (what: Problem) => {
    let retried = 0;
    const part = await renderPart(`<tg-failed what="the balance" [problem]="problem" (retry)="again()" />`, [Failed], {
      problem: what,
      again: () => (retried += 1),
    });
    return { failed: await part.loader.getHarness(FailedHarness), retries: () => retried };
  };

  it('offers a retry and the request id after a failure of the server', async () => {
    const { failed, retries } = await render(problem(500, { requestId: 'req_1' }));
    expect(await failed.title()).toBe('The balance could not be loaded');
    expect(await failed.text()).toContain('req_1');
    await failed.retry();
    expect(retries()).toBe(1);
  });

  it('tells lost permission, missing things and lost connections apart', async () => {
    expect(await (await render(problem(403))).failed.title()).toBe('You may not see the balance');
    TestBed.resetTestingModule();
    expect(await (await render(problem(404))).failed.title()).toBe('Not found');
    TestBed.resetTestingModule();
    expect(await (await render(problem(0))).failed.title()).toBe('No connection');
  });

  it('does not offer a retry where it cannot help', async () => {
    const { failed } = await render(problem(403));
    expect(await failed.canRetry()).toBe(false);
  });

  it('says when to try again', async () => {
    const { failed } = await render(problem(429, { retryAfter: 30 }));
    expect(await failed.text()).toContain('Try again in 30 seconds');
  });
});

describe('Any thrown thing', () => {
  it('becomes a problem that can be shown', () => {
    const original = problem(409);
    expect(toProblem(original)).toBe(original);
    expect(toProblem(new Error('wrapped', { cause: original }))).toBe(original);
    expect(toProblem(new TypeError('x is undefined'))).toMatchObject({ status: -1, detail: 'x is undefined' });
    expect(toProblem('odd')).toMatchObject({ detail: 'odd' });
  });
});

describe('A region', () => {
  it('shows a skeleton, then content, then its own failure, and nothing else of the page', async () => {
    const value = signal<string | undefined>(undefined);
    const failure = signal<Problem | undefined>(undefined);
    const loading = signal(true);
    let reloads = 0;
    const source: Source<string> = { value, loading, problem: failure, reload: () => (reloads += 1) };
    const { loader, element, settle } = await renderPart(
      `<tg-region what="the name"><ng-template [tgLoaded]="source" let-name><b>{{ name }}</b></ng-template></tg-region><i>beside</i>`,
      [Region, Loaded],
      { source },
    );
    const region = await loader.getHarness(RegionHarness);
    expect(await region.isBusy()).toBe(true);
    expect(element.querySelector('tg-skeleton')).not.toBeNull();
    value.set('Acme');
    loading.set(false);
    await settle();
    expect(element.querySelector('b')?.textContent).toBe('Acme');
    failure.set(problem(500));
    await settle();
    const failed = await region.failed();
    await failed?.retry();
    expect(reloads).toBe(1);
    expect(element.querySelector('i')?.textContent).toBe('beside');
  });
});

describe('Toasts', () => {
  const render = () => renderPart(`<tg-toast-outlet />`, [ToastOutlet]);

  it('show one at a time; a failure stays until it is dismissed', async () => {
    const { loader } = await render();
    const toasts = TestBed.inject(Toasts);
    toasts.failed('Saving failed');
    toasts.done('Saved');
    const toast = await loader.getHarness(ToastHarness);
    expect(await toast.message()).toBe('Saving failed');
    await toast.act('Dismiss');
    expect(await toast.message()).toBe('Saved');
  });

  it('undo what was done, and tell when undoing fails', async () => {
    const { loader, settle } = await render();
    const toasts = TestBed.inject(Toasts);
    const did: string[] = [];
    const act = (undo: () => Promise<unknown>) => ({
      text: 'Disabled',
      run: () => Promise.resolve(did.push('run')),
      undo,
      settled: () => did.push('settled'),
    });
    await toasts.undoable(act(() => Promise.resolve(did.push('undo'))));
    const toast = await loader.getHarness(ToastHarness);
    await toast.act('Undo');
    await settle();
    expect(did).toEqual(['run', 'settled', 'undo', 'settled']);
    await toast.act('Dismiss');
    await toasts.undoable(act(() => Promise.reject(new Error('Too late'))));
    await toast.act('Undo');
    await settle();
    expect(await toast.message()).toBe('Too late');
  });

  it('tell when the act itself fails, and offer no undo', async () => {
    const { loader } = await render();
    await TestBed.inject(Toasts).undoable({
      text: 'Disabled',
      run: () => Promise.reject(new Error('Not allowed')),
      undo: () => Promise.resolve(),
    });
    const toast = await loader.getHarness(ToastHarness);
    expect(await toast.message()).toBe('Not allowed');
    await expect(toast.act('Undo')).rejects.toThrow('No button');
  });
});

describe('The job tray', () => {
  it('shows the progress of each job, its result, and lets it go', async () => {
    const { loader, element } = await renderPart(`<tg-job-tray />`, [JobTray]);
    const jobs = TestBed.inject(Jobs);
    jobs.put({ id: 'a', label: 'Request log', status: 'running', progress: 0.4, detail: '4 of 10 rows' });
    const tray = await loader.getHarness(JobTrayHarness);
    expect(await tray.jobs()).toEqual(['Request log4 of 10 rows']);
    jobs.put({ id: 'a', label: 'Request log', status: 'ready', progress: 1, href: '/v1/exports/a/file' });
    expect(await tray.jobs()).toEqual(['Request logReady']);
    expect(element.querySelector('a')?.getAttribute('href')).toBe('/v1/exports/a/file');
    await tray.dismiss('Request log');
    expect(await tray.jobs()).toEqual([]);
  });
});

describe('An empty state', () => {
  it('says what is missing and offers the act that starts it', async () => {
    const { loader } = await renderPart(
      `<tg-empty-state title="No keys yet" text="A key lets calls in."><button>Create</button></tg-empty-state>`,
      [EmptyState],
    );
    const empty = await loader.getHarness(EmptyStateHarness);
    expect(await empty.title()).toBe('No keys yet');
    expect(await empty.text()).toContain('Create');
  });
});
