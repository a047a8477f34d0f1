import { TestBed } from '@angular/core/testing';
import { Confirm, STEP_UP, UnsavedForms, unsavedGuard } from '../../index';
import type { Confirmation } from '../../index';
import { signal } from '@angular/core';
import { ConfirmHarness, renderPart } from '../../testing';

const revoke: Confirmation = {
  level: 2,
  title: 'Revoke this key?',
  text: 'Calls are refused at once.',
  verb: 'Revoke key',
};

describe('The confirmation ladder', () => {
  const open = async (confirmation: Confirmation, stepUp = true) => {
    let steps = 0;
    const part = await renderPart('', [], {}, [
      { provide: STEP_UP, useValue: () => Promise.resolve((steps += 1) > 0 && stepUp) },
    ]);
    const answer = TestBed.inject(Confirm).forReason(confirmation);
    // The dialog comes in a chunk of its own.
    await import('./confirm-dialog');
    await part.settle();
    return { answer, steps: () => steps, dialog: await part.documentLoader.getHarness(ConfirmHarness) };
  };

  it('level 2 says what happens and asks once, with the act on its button', async () => {
    const { answer, dialog, steps } = await open(revoke);
    expect(await dialog.title()).toBe('Revoke this key?');
    expect(await dialog.verb()).toBe('Revoke key');
    await dialog.confirm();
    expect(await answer).toEqual({ reason: '' });
    expect(steps()).toBe(0);
  });

  it('starts on Cancel, which changes nothing', async () => {
    const { answer, dialog } = await open(revoke);
    // The focus moves when the opening is drawn to its end.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(document.activeElement?.textContent?.trim()).toBe('Cancel');
    await dialog.cancel();
    expect(await answer).toBeNull();
  });

  it('level 3 wants the shown name typed, and says so when tried without', async () => {
    const { answer, dialog } = await open({ ...revoke, level: 3, name: 'acme-shop' });
    await dialog.type('acme');
    await dialog.confirm();
    expect(await dialog.complaint()).toBe('Type acme-shop exactly');
    await dialog.type('acme-shop');
    await dialog.confirm();
    expect(await answer).not.toBeNull();
  });

  it('level 4 wants a reason and a fresh sign-in', async () => {
    const { answer, dialog, steps } = await open({ ...revoke, level: 4, name: 'acme' });
    await dialog.type('acme');
    await dialog.confirm();
    expect(await dialog.complaint()).toBe('Say why, in a few words');
    await dialog.because('Invoices overdue');
    await dialog.confirm();
    expect(await answer).toEqual({ reason: 'Invoices overdue' });
    expect(steps()).toBe(1);
  });

  it('level 4 does nothing when the sign-in is not renewed', async () => {
    const { answer, dialog } = await open({ ...revoke, level: 4 }, false);
    await dialog.because('Invoices overdue');
    await dialog.confirm();
    expect(await answer).toBeNull();
  });

  it('level 5 cannot be confirmed before its wait is over', async () => {
    const { dialog } = await open({ ...revoke, level: 5, name: 'all' });
    await dialog.because('Starting again');
    await dialog.type('all');
    await dialog.confirm();
    expect(await dialog.complaint()).toMatch(/^Wait \d+ seconds$/);
    expect(await dialog.verb()).toMatch(/^Revoke key \(\d+\)$/);
    await dialog.cancel();
  });
});

describe('Leaving a page', () => {
  const leave = () => TestBed.runInInjectionContext(() => unsavedGuard({}, {} as never, {} as never, {} as never));

  it('asks nothing while nothing is unsaved', () => {
    expect(leave()).toBe(true);
  });

  it('asks while a form has unsaved input', async () => {
    const part = await renderPart('', []);
    TestBed.inject(UnsavedForms).add(signal(true));
    const answer = leave();
    await import('./confirm-dialog');
    await part.settle();
    const dialog = await part.documentLoader.getHarness(ConfirmHarness);
    expect(await dialog.title()).toBe('Leave without saving?');
    await dialog.confirm();
    expect(await answer).toBe(true);
  });
});
