export { aPerson, aSession, anAuthenticator, PASSWORD, type TestFactor, type TestSession } from './a-session';
export { inRequest } from './in-request';
export { SentMail } from './sent-mail';
export { CookieJar, type Answer } from './cookie-jar';
export { ORIGIN, serveAuth, type Served } from './served';
