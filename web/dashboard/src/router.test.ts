// @vitest-environment jsdom
// Promises of addresses: what is written is read back, and a log-in never leads away from the dashboard.
import { expect, test } from 'vitest';
import { administrationPath, afterLogin, inboxPath, loginPath, routeOf } from './router.svelte';

test.each([
  ['/login', { page: 'login' }],
  ['/app', { page: 'home' }],
  ['/app/accounts/3', { page: 'inbox', account: 3, view: 'mine', conversation: null }],
  [
    '/app/accounts/3/unassigned/',
    { page: 'inbox', account: 3, view: 'unassigned', conversation: null },
  ],
  [
    '/app/accounts/3/conversations/42',
    { page: 'inbox', account: 3, view: 'open', conversation: 42 },
  ],
  [
    '/app/accounts/3/administration',
    { page: 'administration', account: 3, section: null, thing: null },
  ],
  [
    '/app/accounts/3/administration/inboxes/12/',
    { page: 'administration', account: 3, section: 'inboxes', thing: '12' },
  ],
  ['/app/accounts/3/profile', { page: 'profile', account: 3 }],
  ['/app/accounts/3/administration/inboxes/12/more', { page: 'missing' }],
  ['/app/accounts/x', { page: 'missing' }],
  ['/app/accounts/3/nowhere', { page: 'missing' }],
  ['/app/accounts/3/mine/42/more', { page: 'missing' }],
  ['/elsewhere', { page: 'missing' }],
])('%s', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test.each([['label:vip customer/50%'], ['inbox:12'], ['label:漢字']] as const)(
  'the address of the list %s is read back',
  (view) => {
    expect(routeOf(inboxPath(7, view, 9))).toMatchObject({ view, conversation: 9 });
    expect(routeOf(inboxPath(7, view))).toMatchObject({ view, conversation: null });
  },
);

test('a written address is read back', () => {
  expect(routeOf(inboxPath(7, 'resolved', 9))).toEqual({
    page: 'inbox',
    account: 7,
    view: 'resolved',
    conversation: 9,
  });
});

test('an address of the administration is read back, and a log-in leads back to it', () => {
  const path = administrationPath(7, 'inboxes', 'new');
  expect(routeOf(path)).toEqual({
    page: 'administration',
    account: 7,
    section: 'inboxes',
    thing: 'new',
  });
  expect(routeOf(administrationPath(7))).toMatchObject({ page: 'administration', section: null });
  expect(afterLogin(new URL(loginPath(path), 'https://desk.example').search)).toBe(path);
});

test('a log-in leads back to where one was', () => {
  const from = inboxPath(7, 'mine', 9);
  expect(afterLogin(new URL(loginPath(from), 'https://desk.example').search)).toBe(from);
  expect(loginPath('/app')).toBe('/login');
});

test.each([
  '?next=https://evil.example/app/accounts/1',
  '?next=//evil.example/app/accounts/1',
  '?next=javascript:alert(1)',
  '?next=/login',
  '?next=/app/../evil',
  '',
])('a log-in with %s leads to the dashboard', (search) => {
  expect(afterLogin(search)).toBe('/app');
});
