export { StaffDirectory, type StaffMember } from './lib/staff-directory';
export {
  RoleBook,
  UserDirectory,
  type NewUser,
  type ProfileChange,
  type SignUpMethod,
  type UserFacts,
  type UserStatus,
} from './lib/user-directory';
export { UsersModule } from './lib/users.module';
