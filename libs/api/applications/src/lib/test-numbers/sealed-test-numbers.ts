import { Injectable } from '@nestjs/common';
import type { TestNumberView } from '@tollgate/contracts';
import { KeyedHash, SecretBox } from '@tollgate/api/crypto';
import { Clock, newId } from '@tollgate/api/kernel';
import { destinationHash } from '../cached-application-directory';
import { DestinationForms } from '../destination-forms';
import type { TestNumberRow } from '../persistence/test-number.entity';

export interface PlainTestNumber {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly to: string;
  readonly code: string;
  readonly note: string | null;
  readonly endsAt: number;
  readonly createdBy: string;
}

/** Test numbers at rest: the destination hashed for finding and encrypted, the code encrypted. */
@Injectable()
export class SealedTestNumbers {
  constructor(
    private readonly clock: Clock,
    private readonly keyedHash: KeyedHash,
    private readonly secretBox: SecretBox,
    private readonly forms: DestinationForms,
  ) {}

  /** Errors: invalid_destination, unsupported_line_type. */
  seal(plain: PlainTestNumber): TestNumberRow {
    const { to, masked } = this.forms.read(plain.to);
    const createdAt = this.clock.recordedAt();
    const id = newId('tst', createdAt);
    return {
      id,
      organizationId: plain.organizationId,
      applicationId: plain.applicationId,
      destinationHash: destinationHash(this.keyedHash, to),
      destinationSealed: this.secretBox.seal(to, `test_number:${id}`),
      destinationMasked: masked,
      codeSealed: this.secretBox.seal(plain.code, `test_number_code:${id}`),
      note: plain.note,
      endsAt: plain.endsAt,
      createdAt,
      createdBy: plain.createdBy,
    };
  }

  view(row: TestNumberRow, now: number): TestNumberView {
    return {
      id: row.id,
      application_id: row.applicationId,
      to: row.destinationMasked,
      code: this.secretBox.open(row.codeSealed, `test_number_code:${row.id}`),
      note: row.note,
      ends_at: new Date(row.endsAt).toISOString(),
      expired: row.endsAt <= now,
      created_at: new Date(row.createdAt).toISOString(),
      created_by: row.createdBy,
    };
  }
}
