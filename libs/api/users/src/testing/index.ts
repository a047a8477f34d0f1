export { callerOf } from './a-caller';
export { aUser, type UserWish } from './a-user';
