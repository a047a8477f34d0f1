import { Controller } from '@nestjs/common';
import { Page, ServePage, type PageRequest } from '@tollgate/api/http';
import { ForgotPages, ResetPages } from '../pages/forgot-pages';

const access = { public: 'whoever forgot their password is not signed in; a link by mail decides' };

/** How somebody comes back in who forgot their password. */
@Controller()
export class ForgotPagesController {
  constructor(
    private readonly forgot: ForgotPages,
    private readonly reset: ResetPages,
  ) {}

  @ServePage({ method: 'GET', path: '/forgot', access })
  showForgot(@Page() page: PageRequest) {
    return this.forgot.show(page);
  }

  @ServePage({ method: 'POST', path: '/forgot', access })
  submitForgot(@Page() page: PageRequest) {
    return this.forgot.submit(page);
  }

  @ServePage({ method: 'GET', path: '/reset/:token', access })
  showReset(@Page() page: PageRequest) {
    return this.reset.show(page);
  }

  @ServePage({ method: 'POST', path: '/reset/:token', access })
  submitReset(@Page() page: PageRequest) {
    return this.reset.submit(page);
  }
}
