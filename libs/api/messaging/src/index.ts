export {
  MessageOwners,
  MessageQueue,
  StaffMail,
  type Channel,
  type MessageFacts,
  type MessageOwner,
  type NewMessage,
  type SendEvent,
  type SendState,
} from './lib/message-queue';
