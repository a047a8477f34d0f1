import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';

// Before any schema is made: without this zod tries `new Function`, which the Content-Security-Policy reports.
(globalThis as { __zod_globalConfig?: object }).__zod_globalConfig = { jitless: true };

bootstrapApplication(App, appConfig).catch((failure: unknown) => reportError(failure));
