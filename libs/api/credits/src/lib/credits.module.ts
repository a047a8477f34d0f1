import { Module } from '@nestjs/common';
import { AuditModule } from '@tollgate/api/audit';
import type { SchemaPart } from '@tollgate/api/database';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { CreditGrants } from './credit-grants';
import { CreditLedger } from './credit-ledger';
import { GrantCredits } from './grant-credits';
import { HoldSources } from './hold-sources';
import { HoldSpendCaps } from './hold-spend-caps';
import { CreditsController } from './http/credits.controller';
import { OperationPricesController } from './http/operation-prices.controller';
import { LedgerIntegrity } from './ledger-integrity';
import { ListCreditEntries } from './list-credit-entries';
import { ListOperationPrices } from './list-operation-prices';
import { NoticeLowBalance } from './notice-low-balance';
import { LedgerAccountEntity, LedgerEntryEntity, LedgerTransactionEntity } from './persistence/ledger.entities';
import { LedgerReader } from './persistence/ledger-reader';
import { LedgerWriter } from './persistence/ledger-writer';
import { creditMigrations } from './persistence/migrations';
import { OperationPriceEntity } from './persistence/operation-price.entity';
import { OperationPrices } from './persistence/operation-prices';
import { SpendReader } from './persistence/spend-reader';
import { PostCredits } from './post-credits';
import { PrepaidLedger } from './prepaid-ledger';
import { PreviewOperationPrices } from './preview-operation-prices';
import { PriceList } from './price-list';
import { ReadBalance } from './read-balance';
import { RegisteredHoldSources } from './registered-hold-sources';
import { SetOperationPrice } from './set-operation-price';
import { SpendMeter } from './spend-meter';
import { VerifyLedger } from './verify-ledger';

@Module({
  imports: [AuditModule, OrganizationsModule],
  controllers: [CreditsController, OperationPricesController],
  providers: [
    LedgerWriter,
    LedgerReader,
    SpendReader,
    SpendMeter,
    HoldSpendCaps,
    NoticeLowBalance,
    OperationPrices,
    PriceList,
    PrepaidLedger,
    PostCredits,
    RegisteredHoldSources,
    VerifyLedger,
    GrantCredits,
    ReadBalance,
    ListCreditEntries,
    ListOperationPrices,
    SetOperationPrice,
    PreviewOperationPrices,
    { provide: CreditLedger, useExisting: PrepaidLedger },
    { provide: CreditGrants, useExisting: PostCredits },
    { provide: HoldSources, useExisting: RegisteredHoldSources },
    { provide: LedgerIntegrity, useExisting: VerifyLedger },
  ],
  exports: [CreditLedger, CreditGrants, HoldSources, LedgerIntegrity],
})
export class CreditsModule {
  static readonly schema: SchemaPart = {
    entities: [LedgerAccountEntity, LedgerTransactionEntity, LedgerEntryEntity, OperationPriceEntity],
    migrations: creditMigrations,
  };
}
