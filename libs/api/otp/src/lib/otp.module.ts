import { Module } from '@nestjs/common';
import { ApplicationsModule } from '@tollgate/api/applications';
import { AuditModule } from '@tollgate/api/audit';
import { CreditsModule } from '@tollgate/api/credits';
import type { SchemaPart } from '@tollgate/api/database';
import { LimitsModule } from '@tollgate/api/limits';
import { MessagingModule } from '@tollgate/api/messaging';
import { MetricsModule } from '@tollgate/api/metrics';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { AdmitStart } from './admit-start';
import { CancelVerification } from './cancel-verification';
import { CheckCode } from './check-code';
import { CheckVerification } from './check-verification';
import { CheckVerificationByTo } from './check-verification-by-to';
import { CheckWithAuthenticator } from './check-with-authenticator';
import { ContinueVerification } from './continue-verification';
import { DestinationVault } from './destination-vault';
import { EndUndeliverable } from './end-undeliverable';
import { EndVerification } from './end-verification';
import { EvaluateCheck } from './evaluate-check';
import { ExpireVerifications } from './expire-verifications';
import { ActivateFactor } from './factors/activate-factor';
import { CheckFactor } from './factors/check-factor';
import { CreateRecoveryCodes } from './factors/create-recovery-codes';
import { DeleteFactor } from './factors/delete-factor';
import { EnrolFactor } from './factors/enrol-factor';
import { NoteFactorCheck } from './factors/note-factor-check';
import { ProveFactor } from './factors/prove-factor';
import { ReadFactors } from './factors/read-factors';
import { RecoverFactor } from './factors/recover-factor';
import { ExplainRefusal } from './explain-refusal';
import { FindVerifications } from './find-verifications';
import { FollowSends } from './follow-sends';
import { ForgetDestinations } from './forget-destinations';
import { GiveUpSend } from './give-up-send';
import { FactorsController } from './http/factors.controller';
import { VerificationReadingController } from './http/verification-reading.controller';
import { VerificationsController } from './http/verifications.controller';
import { GuessLock } from './guess-lock';
import { LearnFromCheck } from './learn-from-check';
import { ListTestMessages } from './list-test-messages';
import { ListVerifications } from './list-verifications';
import { MeteredWork } from './metered-work';
import { OpenOrContinue } from './open-or-continue';
import { OpenVerification } from './open-verification';
import { Factor, FactorCheck, FactorRecoveryCode } from './persistence/factor.entity';
import { FactorLists } from './persistence/factor-lists';
import { Factors } from './persistence/factors';
import { otpMigrations } from './persistence/migrations';
import { RawUsage } from './persistence/raw-usage';
import { SealedProofs } from './persistence/sealed-proofs';
import { TestInbox } from './persistence/test-inbox';
import { Verification } from './persistence/verification.entity';
import { VerificationLists } from './persistence/verification-lists';
import { VerificationCheck, VerificationEvent, VerificationSend } from './persistence/verification-parts.entity';
import { VerificationParts } from './persistence/verification-parts';
import { VerificationRetention } from './persistence/verification-retention';
import { VerificationWrites } from './persistence/verification-writes';
import { PrepareStart } from './prepare-start';
import { QueueSend } from './queue-send';
import { ReadVerification } from './read-verification';
import { RepeatSend } from './repeat-send';
import { ResendVerification } from './resend-verification';
import { RevealDestination } from './reveal-destination';
import { SendAgain } from './send-again';
import { SettledVerification } from './settled-verification';
import { SkipStep } from './skip-step';
import { StartVerification } from './start-verification';
import { StepVerification } from './step-verification';
import { VerificationCodes } from './verification-codes';
import { VerificationMessages } from './verification-messages';
import { RegisterExports } from './wiring/register-exports';
import { RegisterSources } from './wiring/register-sources';
import { RegisterWork } from './wiring/register-work';

const repositories = [
  FactorLists,
  Factors,
  RawUsage,
  SealedProofs,
  TestInbox,
  VerificationLists,
  VerificationParts,
  VerificationRetention,
  VerificationWrites,
];

const verifications = [
  AdmitStart,
  CancelVerification,
  CheckCode,
  CheckVerification,
  CheckVerificationByTo,
  CheckWithAuthenticator,
  ContinueVerification,
  DestinationVault,
  EndUndeliverable,
  EndVerification,
  EvaluateCheck,
  ExpireVerifications,
  ExplainRefusal,
  FindVerifications,
  FollowSends,
  ForgetDestinations,
  GiveUpSend,
  GuessLock,
  LearnFromCheck,
  ListTestMessages,
  ListVerifications,
  MeteredWork,
  OpenOrContinue,
  OpenVerification,
  PrepareStart,
  QueueSend,
  ReadVerification,
  RegisterExports,
  RegisterSources,
  RegisterWork,
  RepeatSend,
  ResendVerification,
  RevealDestination,
  SendAgain,
  SettledVerification,
  SkipStep,
  StartVerification,
  StepVerification,
  VerificationCodes,
  VerificationMessages,
];

const factors = [
  ActivateFactor,
  CheckFactor,
  CreateRecoveryCodes,
  DeleteFactor,
  EnrolFactor,
  NoteFactorCheck,
  ProveFactor,
  ReadFactors,
  RecoverFactor,
];

/** Verifications and authenticators: the main job. */
@Module({
  imports: [
    ApplicationsModule,
    AuditModule,
    CreditsModule,
    LimitsModule,
    MessagingModule,
    MetricsModule,
    OrganizationsModule,
  ],
  controllers: [VerificationsController, VerificationReadingController, FactorsController],
  providers: [...repositories, ...verifications, ...factors],
})
export class OtpModule {
  static readonly schema: SchemaPart = {
    entities: [
      Verification,
      VerificationSend,
      VerificationCheck,
      VerificationEvent,
      Factor,
      FactorRecoveryCode,
      FactorCheck,
    ],
    migrations: otpMigrations,
  };
}
