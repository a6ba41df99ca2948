// @vitest-environment jsdom
// Who a browser is stays so, and is shared by its tabs.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Memory } from './memory';
import { Unsent } from './unsent';
import { Visitor } from './visitor';

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

const visitor = () => new Visitor(new Memory('w'));

describe('a visitor', () => {
  it('is nobody until something is written', () => {
    expect(visitor().token).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it('makes its secret once, for this page, the next, and every tab', () => {
    const token = visitor().need();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect([visitor().need(), visitor().token]).toEqual([token, token]);
    expect(new Visitor(new Memory('other')).token).toBeNull();
  });

  it('replaces what is no secret', () => {
    localStorage.setItem('frontdesk:w', '1');
    expect(visitor().token).toBeNull();
    expect(visitor().need()).toHaveLength(43);
  });

  it('is one, when two tabs make it at once', async () => {
    vi.useFakeTimers();
    const [here, there] = [visitor(), visitor()];
    const introduced = Promise.all([here.introduce(), there.introduce()]);
    // The other tab had not seen our secret when it wrote its own.
    localStorage.setItem('frontdesk:w', 'z'.repeat(43));
    await vi.runAllTimersAsync();
    await introduced;
    vi.useRealTimers();
    expect([here.need(), there.need()]).toEqual(['z'.repeat(43), 'z'.repeat(43)]);
  });

  it('begins one conversation, whichever tab begins it', () => {
    expect(visitor().startKey()).toBe(visitor().startKey());
  });

  it('is told when another tab makes it known', () => {
    const heard = vi.fn();
    visitor().watch(heard);
    window.dispatchEvent(new StorageEvent('storage', { key: 'frontdesk:w' }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'frontdesk:w:draft' }));
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('lasts as long as the page where storage is forbidden', () => {
    vi.stubGlobal('localStorage', undefined);
    const one = visitor();
    expect(one.need()).toBe(one.need());
  });
});

const unsent = () => new Unsent(new Memory('w'));

describe('what is typed but not sent', () => {
  it('survives a reload, and leaves nothing behind when it is gone', () => {
    unsent().text = 'half a sen';
    expect(unsent().text).toBe('half a sen');
    unsent().text = '';
    expect(localStorage.length).toBe(0);
  });

  it('is not lost when another tab sends its own', () => {
    const here = unsent();
    const there = unsent();
    here.text = 'mine';
    there.text = 'yours';
    there.text = '';
    expect(here.text).toBe('mine');
  });
});
