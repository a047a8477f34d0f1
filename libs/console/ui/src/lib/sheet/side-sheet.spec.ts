import { signal } from '@angular/core';
import { ListState, SideSheet } from '../../index';
import { SideSheetHarness, renderPart } from '../../testing';

describe('A side sheet', () => {
  const render = () => {
    let state: ListState | undefined;
    return renderPart(
      `<button id="row">Row</button><tg-side-sheet title="Request" [state]="state"><ng-template let-id>Request {{ id }}</ng-template></tg-side-sheet>`,
      [SideSheet],
      () => ({ state: (state = new ListState({ url: false })) }),
    ).then(async (part) => ({
      ...part,
      state: state as ListState,
      sheet: await part.loader.getHarness(SideSheetHarness),
    }));
  };

  it('opens for the row that the list names, and closes with it', async () => {
    const { state, sheet } = await render();
    expect(await sheet.isOpen()).toBe(false);
    state.change({ open: 'req_1' });
    expect(await sheet.title()).toBe('Request');
    expect(await sheet.body()).toBe('Request req_1');
    await sheet.close();
    expect(state.open()).toBeNull();
  });

  it('takes the focus, closes by Escape and gives the focus back', async () => {
    const { state, sheet, element, settle } = await render();
    const row = element.querySelector<HTMLElement>('#row');
    row?.focus();
    state.change({ open: 'req_1' });
    await settle();
    const panel = element.querySelector<HTMLElement>('.sheet');
    expect(document.activeElement).toBe(panel);
    panel?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    expect(await sheet.isOpen()).toBe(false);
    expect(document.activeElement).toBe(row);
  });

  it('can be opened by an id of its own', async () => {
    const id = signal<string | null>('key_1');
    let closed = 0;
    const { loader } = await renderPart(
      `<tg-side-sheet title="Key" [openId]="id()" (closed)="close()"><ng-template let-id>{{ id }}</ng-template></tg-side-sheet>`,
      [SideSheet],
      { id, close: () => (closed += 1) },
    );
    const sheet = await loader.getHarness(SideSheetHarness);
    expect(await sheet.body()).toBe('key_1');
    await sheet.close();
    expect(closed).toBe(1);
  });
});
