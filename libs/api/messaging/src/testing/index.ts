export { deliverMessages } from './deliver-messages';
export { deliveryRequest } from './delivery-request';
export { FakeFast2Sms } from './fake-fast2sms';
export { FakeHttpProvider } from './fake-http-provider';
export { FakeSendGrid } from './fake-sendgrid';
export { FakeSmtp, type ReceivedMail } from './fake-smtp';
export { FakeTwilio, twilioSignature } from './fake-twilio';
export { FakeVendor, type Answer, type Misbehaviour, type ReceivedRequest } from './fake-vendor';
export { messagingSlice, pointedAt, RecordingOwner, type MessagingSlice } from './messaging-slice';
