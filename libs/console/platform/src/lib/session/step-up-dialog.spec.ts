import { TestBed } from '@angular/core/testing';
import { Component } from '@angular/core';
import { StepUp } from '../../index';
import { FakeApi, problem, renderPage } from '../../testing';

@Component({ selector: 'tg-spec-page', template: '' })
class SpecPage {}

const dialog = () => document.querySelector<HTMLElement>('tg-step-up-dialog');
const press = (words: string) =>
  [...(dialog()?.querySelectorAll('button') ?? [])].find((button) => button.textContent?.includes(words))?.click();
const type = (text: string) => {
  const input = dialog()?.querySelector('input');
  if (input) input.value = text;
};

describe('Proving again who it is', () => {
  const open = async (api: FakeApi) => {
    const page = await renderPage(SpecPage, { api });
    const proven = TestBed.inject(StepUp).prove();
    await import('./step-up-dialog');
    await page.settle();
    return { ...page, proven };
  };

  it('takes the password and says when it is wrong', async () => {
    const api = new FakeApi({
      'POST /v1/session/step-up': problem(422, 'wrong_password', 'The current password is not right'),
    });
    const { proven, settle } = await open(api);
    type('guess');
    press('Confirm');
    await settle();
    expect(dialog()?.querySelector('[role=alert]')?.textContent).toBe('The current password is not right');
    api.on('POST /v1/session/step-up', {});
    type('correct horse');
    press('Confirm');
    expect(await proven).toBe(true);
    expect(api.callsOf('POST /v1/session/step-up').map((call) => call.body)).toEqual([
      { password: 'guess' },
      { password: 'correct horse' },
    ]);
  });

  it('takes a code of the authenticator instead', async () => {
    const api = new FakeApi({ 'POST /v1/session/step-up': {} });
    const { proven, settle } = await open(api);
    press('Use your authenticator');
    await settle();
    expect(dialog()?.querySelector('input')?.autocomplete).toBe('one-time-code');
    type('123456');
    press('Confirm');
    expect(await proven).toBe(true);
    expect(api.callsOf('POST /v1/session/step-up')[0]?.body).toEqual({ code: '123456' });
  });

  it('shows one dialog to several callers, and is false when it is cancelled', async () => {
    const { proven } = await open(new FakeApi());
    const again = TestBed.inject(StepUp).prove();
    expect(document.querySelectorAll('tg-step-up-dialog')).toHaveLength(1);
    press('Cancel');
    expect(await Promise.all([proven, again])).toEqual([false, false]);
  });
});
