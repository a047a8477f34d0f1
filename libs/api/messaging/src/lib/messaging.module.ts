import { Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { ApplicationsModule } from '@tollgate/api/applications';
import { AuditModule } from '@tollgate/api/audit';
import type { SchemaPart } from '@tollgate/api/database';
import { BackgroundWork } from '@tollgate/api/jobs';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { OutboundModule } from '@tollgate/api/outbound';
import { CallbackProvider } from './callbacks/callback-provider';
import { CallbackRefusals } from './callbacks/callback-refusals';
import { ReceiveHttpReport } from './callbacks/receive-http-report';
import { ReceiveSendGridEvents } from './callbacks/receive-sendgrid-events';
import { ReceiveTwilioStatus } from './callbacks/receive-twilio-status';
import { TakeReport } from './callbacks/take-report';
import { ComposeMessage } from './compose-message';
import { DestinationCover } from './destination-cover';
import { CallProvider } from './dispatch/call-provider';
import { ClaimMessages } from './dispatch/claim-messages';
import { MessageDispatcher } from './dispatch/message-dispatcher';
import { MessageOwnerRegistry } from './dispatch/message-owner-registry';
import { ProviderAlarm } from './dispatch/provider-alarm';
import { RecordReport } from './dispatch/record-report';
import { RouteMessages } from './dispatch/route-messages';
import { SendAgain } from './dispatch/send-again';
import { SettleCalls } from './dispatch/settle-calls';
import { TestNetwork } from './dispatch/test-network';
import { TestReports } from './dispatch/test-reports';
import { EnqueueMessage } from './enqueue-message';
import { HooksController } from './http/hooks.controller';
import { MessagingChores, Sweeps } from './messaging-chores';
import { MessagesController } from './http/messages.controller';
import { TemplatesController } from './http/templates.controller';
import { ForgetMessages } from './message-acts/forget-messages';
import { PreviewMessage } from './message-acts/preview-message';
import { ReadMessages } from './message-acts/read-messages';
import { ResendMessage, ResendTrail } from './message-acts/resend-message';
import { ResendRule } from './message-acts/resend-rule';
import { RevealDestination } from './message-acts/reveal-destination';
import { SampleCodes } from './sample-codes';
import { ChangeTemplate } from './template-acts/change-template';
import { CreateTemplate } from './template-acts/create-template';
import { PreviewTemplate } from './template-acts/preview-template';
import { ReadTemplates } from './template-acts/read-templates';
import { TestSendTemplate } from './template-acts/test-send-template';
import { ProvidersController } from './http/providers.controller';
import { MessageOwners, MessageQueue, StaffMail } from './message-queue';
import { ProviderCredentialRow, ProviderRow, TemplateRow, TemplateVersionRow } from './persistence/entities';
import { MessageAttempts } from './persistence/message-attempts';
import { MessageOutbox } from './persistence/message-outbox';
import { MessageReports } from './persistence/message-reports';
import { Messages } from './persistence/messages';
import { messagingMigrations } from './persistence/migrations';
import { ProviderOutages } from './persistence/provider-outages';
import { Providers } from './persistence/providers';
import { SealedDelivery } from './persistence/sealed-delivery';
import { Templates } from './persistence/templates';
import { CheckProvider } from './provider-acts/check-provider';
import { CreateProvider } from './provider-acts/create-provider';
import { DeleteProvider } from './provider-acts/delete-provider';
import { ProviderSecrets } from './provider-acts/provider-secrets';
import { ProviderTrail } from './provider-acts/provider-trail';
import { ReadProviderHealth } from './provider-acts/read-provider-health';
import { ReadProviders } from './provider-acts/read-providers';
import { ProviderSetup, SetUpProvider } from './provider-acts/set-up-provider';
import { TestSendProvider } from './provider-acts/test-send-provider';
import { UpdateProvider } from './provider-acts/update-provider';
import { ProviderDirectory } from './provider-directory';
import { QueuedStaffMail } from './queued-staff-mail';
import { StoredMessageQueue } from './stored-message-queue';
import { TemplateDirectory } from './template-directory';

const repositories = [
  MessageAttempts,
  MessageOutbox,
  MessageReports,
  Messages,
  ProviderOutages,
  Providers,
  SealedDelivery,
  Templates,
];
const dispatch = [
  CallProvider,
  ClaimMessages,
  MessageDispatcher,
  MessageOwnerRegistry,
  ProviderAlarm,
  RecordReport,
  RouteMessages,
  SendAgain,
  SettleCalls,
  TestNetwork,
  TestReports,
];

const providerActs = [
  CheckProvider,
  CreateProvider,
  DeleteProvider,
  ProviderSecrets,
  ProviderTrail,
  ReadProviderHealth,
  ReadProviders,
  TestSendProvider,
  UpdateProvider,
];

const callbacks = [
  CallbackProvider,
  CallbackRefusals,
  ReceiveHttpReport,
  ReceiveSendGridEvents,
  ReceiveTwilioStatus,
  TakeReport,
];

const templateActs = [ChangeTemplate, CreateTemplate, PreviewTemplate, ReadTemplates, SampleCodes, TestSendTemplate];
const messageActs = [
  ForgetMessages,
  PreviewMessage,
  ReadMessages,
  ResendMessage,
  ResendRule,
  ResendTrail,
  RevealDestination,
];

/** Messages: their outbox, the providers that carry them, their texts, and what became of them. */
@Module({
  imports: [ApplicationsModule, AuditModule, OrganizationsModule, OutboundModule],
  controllers: [HooksController, MessagesController, ProvidersController, TemplatesController],
  providers: [
    ...repositories,
    ...dispatch,
    ...providerActs,
    ...callbacks,
    ...templateActs,
    ...messageActs,
    ComposeMessage,
    DestinationCover,
    MessagingChores,
    Sweeps,
    EnqueueMessage,
    ProviderDirectory,
    TemplateDirectory,
    { provide: MessageOwners, useExisting: MessageOwnerRegistry },
    { provide: MessageQueue, useClass: StoredMessageQueue },
    SetUpProvider,
    { provide: ProviderSetup, useExisting: SetUpProvider },
    { provide: StaffMail, useClass: QueuedStaffMail },
  ],
  exports: [MessageDispatcher, MessageOwners, MessageQueue, StaffMail, ProviderSetup],
})
export class MessagingModule implements OnModuleInit, OnApplicationBootstrap {
  static readonly schema: SchemaPart = {
    entities: [ProviderRow, ProviderCredentialRow, TemplateRow, TemplateVersionRow],
    migrations: messagingMigrations,
  };

  constructor(
    private readonly dispatcher: MessageDispatcher,
    private readonly background: BackgroundWork,
    private readonly chores: MessagingChores,
  ) {}

  onModuleInit(): void {
    this.chores.begin();
  }

  onApplicationBootstrap(): void {
    if (this.background.automatic) this.dispatcher.start();
  }
}
