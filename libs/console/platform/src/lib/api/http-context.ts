import { HttpContextToken } from '@angular/common/http';

/** A call whose 401 and 403 are answers, not interruptions: reading the session, stepping up. */
export const QUIET = new HttpContextToken<boolean>(() => false);

/** A call that spans all organizations even on a page of one: the switcher, the search. */
export const UNSCOPED = new HttpContextToken<boolean>(() => false);
