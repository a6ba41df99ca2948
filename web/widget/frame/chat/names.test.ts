// How people are named and pictured.
import { expect, it } from 'vitest';
import { english } from '../words';
import { hueOf, initials, namesOf } from './names';

const people = (...names: string[]) => names.map((name) => ({ name }));

it('names up to three people by their first names, and counts the rest', () => {
  expect(namesOf(people('Priya Raman'), english)).toBe('Priya');
  expect(namesOf(people('Priya Raman', 'Tomás Rivera'), english)).toBe('Priya and Tomás');
  expect(namesOf(people('A', 'B', 'C'), english)).toBe('A, B and C');
  expect(namesOf(people('A', 'B', 'C', 'D', 'E'), english)).toBe('A, B and 3 more');
});

it('takes initials by letters, not by code units', () => {
  expect(initials('Priya Raman')).toBe('PR');
  expect(initials(' ingrid ')).toBe('I');
  expect(initials('Ana María del Río')).toBe('AR');
  expect(initials('𝒜da 𝓛ovelace')).toBe('𝒜𝓛');
  expect(initials('')).toBe('');
});

it('keeps a colour with a name', () => {
  expect(hueOf('Priya')).toBe(hueOf('Priya'));
  expect(hueOf('Priya')).not.toBe(hueOf('Tomás'));
  expect(hueOf('')).toBeGreaterThanOrEqual(0);
});
