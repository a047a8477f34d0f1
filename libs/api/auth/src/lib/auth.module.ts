import { Module, type OnModuleInit } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ApplicationsModule } from '@tollgate/api/applications';
import { AuditModule } from '@tollgate/api/audit';
import type { SchemaPart } from '@tollgate/api/database';
import { JobHandlers } from '@tollgate/api/jobs';
import { MessagingModule } from '@tollgate/api/messaging';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { UsersModule } from '@tollgate/api/users';
import { ActivateFactor, FactorActivation } from './factors/activate-factor';
import { StartFactor } from './factors/enrol-factor';
import { FactorCheck } from './factors/factor-check';
import { ReadMyFactors } from './factors/read-my-factors';
import { NewRecoveryCodes, RenewRecoveryCodes } from './factors/recovery-codes';
import { FactorRemoval, RemoveFactor } from './factors/remove-factor';
import { ForgotPagesController } from './http/forgot.pages';
import { InvitationsController } from './http/invitations.controller';
import { MeController } from './http/me.controller';
import { MyFactorsController } from './http/my-factors.controller';
import { SessionController } from './http/session.controller';
import { SetupPagesController } from './http/setup.pages';
import { SignInPagesController } from './http/sign-in.pages';
import { AcceptInvitation, FindInvitation, InvitedUser } from './invitations/accept-invitation';
import { CreateInvitation, InvitationRules, InvitationWriter } from './invitations/create-invitation';
import { InvitationLinks } from './invitations/invitation-links';
import { InvitationMail, InvitationSecret } from './invitations/invitation-mail';
import {
  InvitationRenewal,
  ListInvitations,
  ResendInvitation,
  WithdrawInvitation,
} from './invitations/resend-invitation';
import { ForgotPages, ResetPages } from './pages/forgot-pages';
import { FormTokens } from './pages/form-tokens';
import { FramedErrorPages } from './pages/framed-error-pages';
import { InvitePages } from './pages/invite-pages';
import { SignOutPages, StepUpPages } from './pages/session-pages';
import { SetupPages } from './pages/setup-pages';
import { SetupStepPages, SetupVisitor } from './pages/setup-step-pages';
import { SecondFactorPages, SignInPages } from './pages/sign-in-pages';
import { ChangePassword, ChosenPassword, PasswordReplacement } from './passwords/change-password';
import { AskPasswordReset } from './passwords/reset/ask-password-reset';
import { ResetLinks } from './passwords/reset/reset-links';
import { FindReset, ResetPassword, ResetReplacement } from './passwords/reset/reset-password';
import { ResetSecret } from './passwords/reset/reset-secret';
import { ResetAccounts, ResetLinkWriter, SendResetLinks } from './passwords/reset/send-reset-links';
import { ChallengeRepository } from './persistence/challenge.repository';
import { CredentialRepository } from './persistence/credential.repository';
import { AUTH_ENTITIES } from './persistence/entities';
import { InvitationRepository } from './persistence/invitation.repository';
import { LockoutRepository } from './persistence/lockout.repository';
import { AUTH_MIGRATIONS } from './persistence/migrations';
import { PasswordResetRepository } from './persistence/password-reset.repository';
import { SealedFactors } from './persistence/sealed-factors';
import { SessionRepository } from './persistence/session.repository';
import { SetupRepository } from './persistence/setup.repository';
import { AssuranceGate } from './sessions/assurance-gate';
import { EndMySessions, SignOut } from './sessions/end-sessions';
import { KnownDevices } from './sessions/known-devices';
import { ListMySessions } from './sessions/list-my-sessions';
import { ChangeMyProfile, ReadMyProfile } from './sessions/my-profile';
import { OpenSession, SessionWriter } from './sessions/open-session';
import { ReadSession } from './sessions/read-session';
import { Reauthenticate, RefusedProof } from './sessions/reauthenticate';
import { LivingSessions, SessionPrincipal } from './sessions/session-principal';
import { SessionStrategy } from './sessions/session.strategy';
import { SessionRenewal, StepUp } from './sessions/step-up';
import { AddressStep } from './setup/address-step';
import { BeginSetup, SetupRedemption } from './setup/begin-setup';
import {
  AdministratorAddress,
  AdministratorClaim,
  CreateAdministrator,
  FoundingMember,
} from './setup/create-administrator';
import { DeliveryStep } from './setup/delivery-step';
import { FinishSetup } from './setup/finish-setup';
import { FirstRun, OwnFirstRun } from './setup/first-run';
import { OrganizationStep } from './setup/organization-step';
import { OwnSeedDemoPeople, SeedDemoPeople } from './setup/seed-demo-people';
import { SetupState } from './setup/setup-state';
import { SetupSteps } from './setup/setup-steps';
import { Attempts } from './sign-in/attempts';
import { CompleteSignIn, OpenChallenge, SecondFactorPassed } from './sign-in/complete-sign-in';
import { FirstFactorPassed } from './sign-in/first-factor-passed';
import { RefusedSignIn, SignIn } from './sign-in/sign-in';
import { SignInAccounts } from './sign-in/sign-in-accounts';
import { SignInRecord } from './sign-in/sign-in-record';
import { SweepSignIns } from './sweep-sign-ins';

const repositories = [
  ChallengeRepository,
  CredentialRepository,
  InvitationRepository,
  LockoutRepository,
  PasswordResetRepository,
  SealedFactors,
  SessionRepository,
  SetupRepository,
];
const signIn = [
  Attempts,
  CompleteSignIn,
  FirstFactorPassed,
  OpenChallenge,
  RefusedSignIn,
  SecondFactorPassed,
  SignIn,
  SignInAccounts,
  SignInRecord,
];
const sessions = [
  AssuranceGate,
  ChangeMyProfile,
  EndMySessions,
  KnownDevices,
  ListMySessions,
  LivingSessions,
  OpenSession,
  ReadMyProfile,
  ReadSession,
  Reauthenticate,
  RefusedProof,
  SessionPrincipal,
  SessionRenewal,
  SessionStrategy,
  SessionWriter,
  SignOut,
  StepUp,
];
const factors = [
  ActivateFactor,
  ChangePassword,
  ChosenPassword,
  FactorActivation,
  FactorCheck,
  FactorRemoval,
  NewRecoveryCodes,
  PasswordReplacement,
  ReadMyFactors,
  RemoveFactor,
  RenewRecoveryCodes,
  StartFactor,
];
const invitations = [
  AcceptInvitation,
  CreateInvitation,
  FindInvitation,
  InvitationLinks,
  InvitationMail,
  InvitationRenewal,
  InvitationRules,
  InvitationSecret,
  InvitationWriter,
  InvitedUser,
  ListInvitations,
  ResendInvitation,
  WithdrawInvitation,
];
const passwordResets = [
  AskPasswordReset,
  FindReset,
  ResetAccounts,
  ResetLinks,
  ResetLinkWriter,
  ResetPassword,
  ResetReplacement,
  ResetSecret,
  SendResetLinks,
];
const setup = [
  AddressStep,
  AdministratorAddress,
  AdministratorClaim,
  BeginSetup,
  CreateAdministrator,
  DeliveryStep,
  FinishSetup,
  FoundingMember,
  OrganizationStep,
  OwnFirstRun,
  OwnSeedDemoPeople,
  SetupRedemption,
  SetupState,
  SetupSteps,
  { provide: FirstRun, useExisting: OwnFirstRun },
  { provide: SeedDemoPeople, useExisting: OwnSeedDemoPeople },
];

const pages = [
  ForgotPages,
  FormTokens,
  FramedErrorPages,
  InvitePages,
  ResetPages,
  SecondFactorPages,
  SetupPages,
  SetupStepPages,
  SetupVisitor,
  SignInPages,
  SignOutPages,
  StepUpPages,
];

/** Proving who somebody is: passwords, second factors, sessions, invitations, and the pages where that happens. */
@Module({
  imports: [ApplicationsModule, AuditModule, MessagingModule, OrganizationsModule, PassportModule, UsersModule],
  controllers: [
    ForgotPagesController,
    InvitationsController,
    MeController,
    MyFactorsController,
    SessionController,
    SetupPagesController,
    SignInPagesController,
  ],
  providers: [
    ...repositories,
    ...signIn,
    ...sessions,
    ...factors,
    ...invitations,
    ...passwordResets,
    ...setup,
    ...pages,
    SweepSignIns,
  ],
  exports: [FirstRun, SeedDemoPeople],
})
export class AuthModule implements OnModuleInit {
  static readonly schema: SchemaPart = { entities: AUTH_ENTITIES, migrations: AUTH_MIGRATIONS };

  constructor(
    private readonly jobs: JobHandlers,
    private readonly sweep: SweepSignIns,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule({ type: 'auth.sweep', everyMs: 60_000 }, () => this.sweep.execute());
  }
}
