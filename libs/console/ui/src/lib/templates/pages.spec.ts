import { readFileSync } from 'node:fs';
import { signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TestBed } from '@angular/core/testing';
import {
  DangerAct,
  DangerZone,
  GuidePage,
  ICON_NAMES,
  Icon,
  ListPage,
  PageHeader,
  ReportPage,
  SCOPE_CRUMB,
  StatusChip,
  WizardPage,
} from '../../index';
import { PageHeaderHarness, renderPart } from '../../testing';

describe('The head of a page', () => {
  it('names the page to the reader and the browser, below its scope', async () => {
    const { loader } = await renderPart(
      `<tg-page-header title="Web shop" [crumbs]="[{ label: 'Applications', link: '..' }]" [tabs]="tabs"><button>Edit</button></tg-page-header>`,
      [PageHeader],
      {
        tabs: [
          { label: 'Overview', link: 'overview' },
          { label: 'Keys', link: 'keys', count: 1200 },
        ],
      },
      [{ provide: SCOPE_CRUMB, useValue: signal({ label: 'Acme', link: '/o/acme' }) }],
    );
    const header = await loader.getHarness(PageHeaderHarness);
    expect(await header.title()).toBe('Web shop');
    expect(await header.crumbs()).toEqual(['Acme', 'Applications', 'Web shop']);
    expect(await header.tabs()).toEqual(['Overview', 'Keys 1,200']);
    expect(await header.acts()).toEqual(['Edit']);
    expect(TestBed.inject(Title).getTitle()).toBe('Web shop · Tollgate');
  });

  it('can take the focus after navigation', async () => {
    const { element } = await renderPart(`<tg-page-header title="Home" />`, [PageHeader]);
    element.querySelector('h1')?.focus();
    expect(document.activeElement?.textContent).toBe('Home');
  });
});

describe('The templates', () => {
  it.each([
    ['tg-list-page', ListPage],
    ['tg-report-page', ReportPage],
    ['tg-wizard-page', WizardPage],
    ['tg-guide-page', GuidePage],
  ])('%s puts acts and status into the head and the rest below', async (tag, template) => {
    const { element } = await renderPart(
      `<${tag} title="Page"><button tgAct>Act</button><tg-status tgStatus value="active" /><i>content</i></${tag}>`,
      [template, StatusChip],
    );
    expect(element.querySelector('tg-page-header .acts')?.textContent).toBe('Act');
    expect(element.querySelector('tg-page-header .line')?.textContent).toContain('Active');
    expect(element.querySelector('tg-page-header')?.textContent).not.toContain('content');
    expect(element.querySelector('i')?.textContent).toBe('content');
  });

  it('frame dangerous acts with what they do', async () => {
    const { element } = await renderPart(
      `<tg-danger-zone><tg-danger-act title="Delete" text="All of it goes."><button>Delete</button></tg-danger-act></tg-danger-zone>`,
      [DangerZone, DangerAct],
    );
    expect(element.querySelector('section')?.getAttribute('aria-label')).toBe('Danger zone');
    expect(element.textContent).toContain('All of it goes.');
  });
});

describe('Icons', () => {
  it('are all in the sprite, and the sprite holds nothing else', () => {
    const sprite = readFileSync('apps/console/public/icons.svg', 'utf8');
    const ids = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.sort()).toEqual([...ICON_NAMES].sort());
    expect(sprite).not.toMatch(/<script|href=|style=/);
  });

  it('are silent unless they are named', async () => {
    const { element } = await renderPart(`<tg-icon name="check" /><tg-icon name="check" label="Done" />`, [Icon]);
    const [silent, named] = [...element.querySelectorAll('svg')];
    expect(silent?.getAttribute('aria-hidden')).toBe('true');
    expect([named?.getAttribute('role'), named?.getAttribute('aria-label')]).toEqual(['img', 'Done']);
  });
});
