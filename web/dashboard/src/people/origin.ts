// What is shown of where a visitor writes from. Pure. All of it is what their browser said: shown as text, never trusted.
import type { Origin } from '../../../api/types';
import { peopleWords as w } from './words';

export interface Fact {
  readonly term: string;
  readonly text: string;
  /** Where it leads; only http and https. */
  readonly href: string | null;
}

/** The facts that are known, in order. */
export function factsOf(origin: Origin): Fact[] {
  const facts = [
    pageFact(w.page, origin.page_url, origin.page_title),
    pageFact(w.referrer, origin.referrer),
    textFact(w.browser, [origin.browser, origin.platform].filter(Boolean).join(' · ')),
    textFact(w.language, languageName(origin.language)),
  ];
  return facts.filter((one) => one !== null);
}

function pageFact(term: string, url?: string, title?: string): Fact | null {
  if (typeof url !== 'string' || url === '') return null;
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  const short = isWeb ? new URL(url).host + new URL(url).pathname.replace(/\/$/, '') : url;
  return { term, text: title?.trim() || short, href: isWeb ? url : null };
}

function textFact(term: string, text: string): Fact | null {
  return text === '' ? null : { term, text, href: null };
}

function languageName(tag?: string): string {
  if (typeof tag !== 'string' || tag === '') return '';
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    // No tag at all: shown as it came.
    return tag;
  }
}
