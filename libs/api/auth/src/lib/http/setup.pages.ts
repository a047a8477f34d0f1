import { Controller } from '@nestjs/common';
import { Page, ServePage, type PageRequest } from '@tollgate/api/http';
import { SetupPages } from '../pages/setup-pages';
import { SetupStepPages } from '../pages/setup-step-pages';

const access = { public: 'there is nobody yet; the set-up token, and then the session, decide' };

/** The first run of an installation. */
@Controller()
export class SetupPagesController {
  constructor(
    private readonly setup: SetupPages,
    private readonly steps: SetupStepPages,
  ) {}

  @ServePage({ method: 'GET', path: '/setup', access })
  show(@Page() page: PageRequest) {
    return this.setup.show(page);
  }

  @ServePage({ method: 'POST', path: '/setup', access })
  submit(@Page() page: PageRequest) {
    return this.setup.submit(page);
  }

  @ServePage({ method: 'GET', path: '/setup/administrator', access })
  showAdministrator(@Page() page: PageRequest) {
    return this.setup.showAdministrator(page);
  }

  @ServePage({ method: 'POST', path: '/setup/administrator', access })
  submitAdministrator(@Page() page: PageRequest) {
    return this.setup.submitAdministrator(page);
  }

  @ServePage({ method: 'GET', path: '/setup/:step', access })
  showStep(@Page() page: PageRequest) {
    return this.steps.show(page);
  }

  @ServePage({ method: 'POST', path: '/setup/:step', access })
  submitStep(@Page() page: PageRequest) {
    return this.steps.submit(page);
  }
}
