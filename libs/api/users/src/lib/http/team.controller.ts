import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import {
  listRoles,
  listTeam,
  readTeamMember,
  removeTeamMember,
  updateTeamMember,
  type InputOf,
} from '@tollgate/contracts';
import { ChangeTeamMember } from '../change-team-member';
import { ListRoles } from '../list-roles';
import { ListTeam } from '../list-team';
import { ReadTeamMember } from '../read-team-member';
import { RemoveTeamMember } from '../remove-team-member';
import { teamMemberView } from '../team-member-view';

@Controller()
export class TeamController {
  constructor(
    private readonly listing: ListTeam,
    private readonly reading: ReadTeamMember,
    private readonly changing: ChangeTeamMember,
    private readonly removing: RemoveTeamMember,
    private readonly roles: ListRoles,
  ) {}

  @Serve(listTeam)
  list(@Input() input: InputOf<typeof listTeam>, @Caller() caller: Principal) {
    return this.listing.execute(input.query, caller);
  }

  @Serve(readTeamMember)
  async read(@Input() input: InputOf<typeof readTeamMember>, @Caller() caller: Principal) {
    return teamMemberView(await this.reading.execute(input.params.id, caller));
  }

  @Serve(updateTeamMember)
  async update(@Input() input: InputOf<typeof updateTeamMember>, @Caller() caller: Principal) {
    return teamMemberView(await this.changing.execute(input.params.id, input.body, caller));
  }

  @Serve(removeTeamMember)
  async remove(@Input() input: InputOf<typeof removeTeamMember>, @Caller() caller: Principal) {
    await this.removing.execute(input.params.id, caller);
  }

  @Serve(listRoles)
  async listRoles(@Input() input: InputOf<typeof listRoles>, @Caller() caller: Principal) {
    return { data: await this.roles.execute(input.query.level, caller) };
  }
}
