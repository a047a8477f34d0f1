export { MessageDispatcher } from './lib/dispatch/message-dispatcher';
export {
  MessageOwners,
  MessageQueue,
  StaffMail,
  type BuiltInTemplate,
  type Channel,
  type MessageFacts,
  type MessageOwner,
  type NewMessage,
  type SendEvent,
  type SendState,
} from './lib/message-queue';
export { MessagingModule } from './lib/messaging.module';
export { ProviderSetup, type FirstMessage } from './lib/provider-acts/set-up-provider';
