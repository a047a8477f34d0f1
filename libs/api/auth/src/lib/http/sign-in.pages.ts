import { Controller } from '@nestjs/common';
import { Page, reply, ServePage, type PageRequest } from '@tollgate/api/http';
import { InvitePages } from '../pages/invite-pages';
import { ASSETS } from '../pages/layout';
import { SignOutPages, StepUpPages } from '../pages/session-pages';
import { SecondFactorPages, SignInPages } from '../pages/sign-in-pages';

const access = { public: 'nobody is signed in yet; each page decides by its own cookies' };
const files = { public: 'looks and script of the sign-in pages' };
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The pages where people sign in, prove themselves again, join and leave. */
@Controller()
export class SignInPagesController {
  constructor(
    private readonly signIn: SignInPages,
    private readonly secondFactor: SecondFactorPages,
    private readonly stepUp: StepUpPages,
    private readonly signOut: SignOutPages,
    private readonly invite: InvitePages,
  ) {}

  @ServePage({ method: 'GET', path: '/sign-in', access })
  showSignIn(@Page() page: PageRequest) {
    return this.signIn.show(page);
  }

  @ServePage({ method: 'POST', path: '/sign-in', access })
  submitSignIn(@Page() page: PageRequest) {
    return this.signIn.submit(page);
  }

  @ServePage({ method: 'GET', path: '/sign-in/code', access })
  showCode(@Page() page: PageRequest) {
    return this.secondFactor.show(page);
  }

  @ServePage({ method: 'POST', path: '/sign-in/code', access })
  submitCode(@Page() page: PageRequest) {
    return this.secondFactor.submit(page);
  }

  @ServePage({ method: 'GET', path: '/sign-in/again', access })
  showStepUp(@Page() page: PageRequest) {
    return this.stepUp.show(page);
  }

  @ServePage({ method: 'POST', path: '/sign-in/again', access })
  submitStepUp(@Page() page: PageRequest) {
    return this.stepUp.submit(page);
  }

  @ServePage({ method: 'GET', path: '/sign-out', access })
  showSignOut(@Page() page: PageRequest) {
    return this.signOut.show(page);
  }

  @ServePage({ method: 'POST', path: '/sign-out', access })
  submitSignOut(@Page() page: PageRequest) {
    return this.signOut.submit(page);
  }

  @ServePage({ method: 'GET', path: '/invite/:token', access })
  showInvitation(@Page() page: PageRequest) {
    return this.invite.show(page);
  }

  @ServePage({ method: 'POST', path: '/invite/:token', access })
  submitInvitation(@Page() page: PageRequest) {
    return this.invite.submit(page);
  }

  @ServePage({ method: 'GET', path: ASSETS.styles.path, access: files })
  styles() {
    return reply(200, ASSETS.styles.text, { 'content-type': ASSETS.styles.type, 'cache-control': FOR_EVER });
  }

  @ServePage({ method: 'GET', path: ASSETS.script.path, access: files })
  script() {
    return reply(200, ASSETS.script.text, { 'content-type': ASSETS.script.type, 'cache-control': FOR_EVER });
  }
}
