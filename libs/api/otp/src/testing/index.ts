export { aNumber, aNumberFor } from './a-number';
export {
  aClient,
  atShiftedClock,
  balanceOf,
  bootOtp,
  capDay,
  FakeLimits,
  FakeMessages,
  keyOf,
  ledgerFindings,
  person,
  type OtpSlice,
} from './otp-slice';
export { patiently } from './patiently';
