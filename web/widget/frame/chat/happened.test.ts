// How events are said to a visitor.
import { expect, test } from 'vitest';
import { english } from '../words';
import { linesOf } from './happened';

const lines = (...texts: string[]) => linesOf(texts, ['Priya Raman', 'Tomás Rivera'], english);

test('everybody who joined stands in one line, each once', () => {
  expect(lines('Priya Raman joined', 'Tomás Rivera joined', 'Priya Raman joined')).toEqual([
    'Priya and Tomás joined',
  ]);
});

test('of resolving and reopening the last counts', () => {
  const resolved = 'Priya Raman resolved the conversation';
  expect(lines(resolved, 'Priya Raman reopened the conversation', resolved)).toEqual([
    'Priya resolved the conversation',
  ]);
});

test.each(['Visitor', 'Anna Berg'])('%s, who is none of the team, is the reader', (name) => {
  expect(lines(`${name} reopened the conversation`)).toEqual(['You reopened this conversation']);
});

test('a member who reopens it is named', () => {
  expect(lines('Priya Raman reopened the conversation')).toEqual([
    'Priya reopened the conversation',
  ]);
});

test('what a newer server tells is shown as it is, in its place', () => {
  expect(lines('Priya Raman joined', 'Somebody did something new')).toEqual([
    'Priya joined',
    'Somebody did something new',
  ]);
});
