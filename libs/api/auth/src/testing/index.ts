export { aPerson, aSession, anAuthenticator, PASSWORD, type TestFactor, type TestSession } from './a-session';
export { inRequest } from './in-request';
export { SentMail } from './sent-mail';
