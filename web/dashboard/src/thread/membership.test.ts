// Who takes part, as the dashboard shows it.
import { describe, expect, it } from 'vitest';
import { conversation } from '../state/builders';
import { colleaguesIn } from './membership';

const maya = { id: 1, name: 'Maya' };
const tom = { id: 2, name: 'Tom' };

describe('the members who take part', () => {
  it('are those who joined, with or without writing, the owner first', () => {
    const given = conversation({ owner: 2, agents: [maya, tom] });
    expect(colleaguesIn(given)).toEqual([
      { ...tom, isOwner: true },
      { ...maya, isOwner: false },
    ]);
  });

  it('are nobody in a conversation that waits', () => {
    expect(colleaguesIn(conversation())).toEqual([]);
  });
});
