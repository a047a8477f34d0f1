import { OPERATIONS } from '@tollgate/contracts';

export type Operation = (typeof OPERATIONS)[number];

export const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  'verification.start': 'Start of a verification',
  'verification.check': 'Check of a code',
  'send.sms': 'SMS',
  'send.email': 'E-mail',
  'send.mobile': 'Authenticator',
};

export const OPERATION_OPTIONS = OPERATIONS.map((value) => ({ value, label: OPERATION_NAMES[value] }));
