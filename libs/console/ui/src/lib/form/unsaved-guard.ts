import { inject } from '@angular/core';
import type { CanDeactivateFn } from '@angular/router';
import { Confirm } from '../confirm/confirm';
import { UnsavedForms } from './unsaved-forms';

/** Asks before leaving a page whose form is truly dirty. The shell puts it on every page. */
export const unsavedGuard: CanDeactivateFn<unknown> = () => {
  if (!inject(UnsavedForms).any()) return true;
  return inject(Confirm).ask({
    level: 2,
    title: 'Leave without saving?',
    text: 'What you changed on this page is not saved yet.',
    verb: 'Leave without saving',
    cancel: 'Stay here',
  });
};
