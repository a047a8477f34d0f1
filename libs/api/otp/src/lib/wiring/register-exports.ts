import { Injectable, type OnModuleInit } from '@nestjs/common';
import { listVerifications, type VerificationView } from '@tollgate/contracts';
import { ExportSources } from '@tollgate/api/metrics';
import { ListVerifications } from '../list-verifications';

/** The list of verifications as a file, with the filters of its page. */
@Injectable()
export class RegisterExports implements OnModuleInit {
  constructor(
    private readonly exports: ExportSources,
    private readonly listing: ListVerifications,
  ) {}

  onModuleInit(): void {
    this.exports.register<VerificationView>({
      list: 'verifications',
      permission: 'verifications:read',
      columns: [
        { title: 'Verification', cell: (row) => row.id },
        { title: 'Started', cell: (row) => row.created_at },
        { title: 'Ended', cell: (row) => row.ended_at },
        { title: 'Organization', cell: (row) => row.organization_id },
        { title: 'App ID', cell: (row) => row.application_id },
        { title: 'Status', cell: (row) => row.status },
        { title: 'Reason', cell: (row) => row.reason },
        { title: 'Channel', cell: (row) => row.channel },
        { title: 'To', cell: (row) => row.to },
        { title: 'Country', cell: (row) => row.country },
        { title: 'Purpose', cell: (row) => row.purpose },
        { title: 'Sends', cell: (row) => row.sends.length },
        { title: 'Credits', cell: (row) => row.credits.charged / 1000 },
      ],
      page: (filters, { organizationId, applicationId, test }, cursor) =>
        this.listing.within(
          listVerifications.query.parse({ ...filters, limit: 200, ...(cursor === null ? {} : { cursor }) }),
          { organizationId, applicationId, test },
        ),
    });
  }
}
