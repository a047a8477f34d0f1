import { Controller } from '@nestjs/common';
import {
  getAnnouncement,
  getPlatformSettings,
  searchEverything,
  systemHealth,
  updatePlatformSettings,
  type InputOf,
} from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { ChangePlatformSettings, ReadPlatformSettings } from '../platform-settings';
import { ReadSystemHealth } from '../read-system-health';
import { SearchEverything } from '../search-everything';

@Controller()
export class OperationsController {
  constructor(
    private readonly readSettings: ReadPlatformSettings,
    private readonly changeSettings: ChangePlatformSettings,
    private readonly health: ReadSystemHealth,
    private readonly search: SearchEverything,
  ) {}

  @Serve(getPlatformSettings)
  settings() {
    return this.readSettings.execute();
  }

  @Serve(updatePlatformSettings)
  changePlatformSettings(@Input() input: InputOf<typeof updatePlatformSettings>, @Caller() caller: Principal) {
    return this.changeSettings.execute(input.body, caller);
  }

  @Serve(getAnnouncement)
  async announcement() {
    const { announcement } = await this.readSettings.execute();
    return { announcement };
  }

  @Serve(systemHealth)
  systemHealth() {
    return this.health.execute();
  }

  @Serve(searchEverything)
  async searchEverything(@Input() input: InputOf<typeof searchEverything>, @Caller() caller: Principal) {
    return { data: await this.search.execute(input.query.q, caller) };
  }
}
