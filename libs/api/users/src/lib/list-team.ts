import { Injectable } from '@nestjs/common';
import type { InputOf, Page, TeamMemberView, listTeam } from '@tollgate/contracts';
import { scopeOf, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { TeamRepository } from './persistence/team.repository';
import { teamMemberView } from './team-member-view';

@Injectable()
export class ListTeam {
  constructor(
    private readonly team: TeamRepository,
    private readonly organizations: OrganizationDirectory,
  ) {}

  async execute(query: InputOf<typeof listTeam>['query'], caller: Principal): Promise<Page<TeamMemberView>> {
    const { level, ...filter } = query;
    const only =
      level === undefined
        ? undefined
        : { organizationId: await this.organizations.platformId(), inside: level === 'platform' };
    const found = await this.team.page(scopeOf(caller), { ...filter, only });
    return { ...found, data: found.data.map(teamMemberView) };
  }
}
