// One message, or one letter that is still on its way, in the shape that a thread draws. Pure; grouping is entries.ts's.
import { MESSAGE_TYPE, type Attachment, type Contact, type Message } from '../../../api/types';
import { contactName } from '../lib/names';
import type { PendingLetter } from '../state/sending.svelte';
import { words } from '../words';
import type { Mark } from './marks';

/** `sent` is acknowledged; the others have not reached the server. */
export type Delivery = 'sent' | 'queued' | 'sending' | 'failed';

/** A file of a bubble: one the server has, or one that goes with a letter. */
export type BubbleFile = Pick<
  Attachment,
  'file_type' | 'file_name' | 'content_type' | 'file_size' | 'width' | 'height'
> & {
  readonly key: string;
  /** Null while the letter is on its way: there is nothing to open yet. */
  readonly url: string | null;
  readonly thumbUrl: string | null;
};

export interface Bubble {
  readonly key: string;
  /** The message's id; null for a letter. */
  readonly id: number | null;
  readonly text: string;
  readonly atMs: number;
  readonly delivery: Delivery;
  /** Why it failed, in the server's words. */
  readonly reason: string | null;
  /** How far it has come to the contact; null where nobody counts (a note, a contact's own message). */
  readonly mark: Mark | null;
  readonly files: readonly BubbleFile[];
  readonly isDeleted: boolean;
}

export type Side = 'own' | 'colleague' | 'contact';

/** What the messages are shown to, and about. */
export interface Audience {
  readonly me: number;
  readonly myName: string;
  readonly contact: Contact;
  /** The line to the server is gone: what is on its way waits for it. */
  readonly isAway: boolean;
}

/** A bubble with what grouping needs. */
export interface Line {
  readonly kind: 'event' | 'note' | 'bubble';
  readonly author: string;
  readonly side: Side;
  readonly name: string;
  /** The address of the author's picture, empty without one. */
  readonly picture: string;
  readonly bubble: Bubble;
}

export function lineOf(message: Message, audience: Audience, mark: Mark | null): Line {
  const own = isFrom(message, audience.me);
  const isContact = message.message_type === MESSAGE_TYPE.incoming;
  return {
    kind:
      message.message_type === MESSAGE_TYPE.activity
        ? 'event'
        : message.private
          ? 'note'
          : 'bubble',
    author: `${message.sender_type}:${message.sender_id}`,
    side: own ? 'own' : isContact ? 'contact' : 'colleague',
    name: nameOf(message, audience),
    picture: message.sender?.thumbnail ?? '',
    bubble: {
      // The sender's own key outlives the way to the server: the bubble that was sent is the one that arrived.
      key: own && message.echo_id ? message.echo_id : `m${message.id}`,
      id: message.id,
      text: message.content ?? '',
      atMs: message.created_at_ms,
      delivery: 'sent',
      reason: null,
      mark,
      files: message.attachments.map((one) => ({
        ...one,
        key: `a${one.id}`,
        url: one.data_url,
        thumbUrl: one.thumb_url || null,
      })),
      isDeleted: message.content_attributes.deleted === true,
    },
  };
}

function nameOf(message: Message, { me, myName, contact }: Audience): string {
  if (isFrom(message, me)) return myName;
  if (message.message_type !== MESSAGE_TYPE.incoming) return message.sender?.name || words.product;
  const theirs = message.sender_id === contact.id ? contactName(contact) : message.sender?.name;
  return theirs || words.visitor;
}

export function lineOfLetter(letter: PendingLetter, { me, myName, isAway }: Audience): Line {
  const files = letter.body.files ?? [];
  return {
    kind: letter.body.private ? 'note' : 'bubble',
    author: `User:${me}`,
    side: 'own',
    name: myName,
    picture: '',
    bubble: {
      key: letter.echoId,
      id: null,
      text: letter.body.content,
      atMs: letter.order,
      // One goes at a time: those behind it wait for their turn, which is part of being sent.
      delivery: letter.status === 'failed' ? 'failed' : isAway ? 'queued' : 'sending',
      reason: letter.reason,
      mark: null,
      files: files.map((one) => ({ ...one, key: one.blob_id, url: null, thumbUrl: null })),
      isDeleted: false,
    },
  };
}

/** Whether the member wrote it. */
export function isFrom(message: Message, member: number): boolean {
  return message.sender_type === 'User' && message.sender_id === member;
}
