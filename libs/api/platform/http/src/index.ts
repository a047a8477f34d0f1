export { reply, Reply } from './lib/answer';
export type { PageRequest } from './lib/page-request';
export { Caller, html, Input, Page, redirect, Serve, ServePage, type PageDeclaration } from './lib/serve';
export { HttpModule } from './lib/http.module';
