// The shapes of the API, generated from openapi.json by `npm run contract`. Not to be edited.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One account. */
        AccountView: {
            /** Format: int64 */
            id: number;
            name: string;
            locale: string;
            status: string;
            /**
             * Format: int64
             * @description Unix seconds.
             */
            created_at: number;
        };
        /** @description In which inbox. */
        AddContactInbox: {
            /** Format: int64 */
            inbox_id?: number;
            /** @description The contact's key there, 1 to 64 characters, unique in the inbox; made up when absent. */
            source_id?: string | null;
        };
        /** @description A member, under the name that the REST API has for members. */
        AgentView: {
            /**
             * Format: int64
             * @description The user's id.
             */
            id: number;
            /** Format: int64 */
            account_id: number;
            name: string;
            available_name: string;
            email: string;
            /** @example agent */
            role: string;
            /**
             * @description What the member chose.
             * @example available
             */
            availability: string;
            /**
             * @description What is true now.
             * @example online
             */
            availability_status: string;
            auto_offline: boolean;
            confirmed: boolean;
            thumbnail: string;
            avatar_url?: string | null;
        };
        /** @description Who shall own the conversation. */
        Assign: {
            /**
             * Format: int64
             * @description An agent's id; null, 0 or nothing for nobody.
             */
            assignee_id?: number | null;
        };
        /** @description A file of a message. */
        AttachmentView: components["schemas"]["FileView"] & {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            message_id: number;
            /** Format: int64 */
            account_id: number;
        };
        /** @description A conversation's first message and who writes it. */
        BeginConversation: {
            /** @description The visitor's own key for this beginning, 1 to 64 characters: sent again it answers what it began. */
            key: string;
            /** @description The visitor's own key for the message. */
            echo_id: string;
            content: string;
            name?: string | null;
            email?: string | null;
            /** @description The page that the visitor writes from; cut where it is longer than 2,000 characters. */
            page_url?: string | null;
            /** @description Its title; cut where it is longer than 200 characters. */
            page_title?: string | null;
            /** @description Where the visitor came from. */
            referrer?: string | null;
            /** @description The browser's language, such as "nb-NO". */
            language?: string | null;
            /** @description Files that this browser uploaded for the message, by their `blob_id`, 10 at most. */
            attachments?: string[] | null;
        };
        /** @description What a client sends. */
        ClientFrame: (components["schemas"]["Hello"] & {
            /** @enum {string} */
            type: "hello";
        }) | (components["schemas"]["ClientTyping"] & {
            /** @enum {string} */
            type: "typing";
        }) | (components["schemas"]["ClientReceived"] & {
            /** @enum {string} */
            type: "received";
        }) | {
            /** @enum {string} */
            type: "check";
        };
        /** @description What a device has: everything up to the place. */
        ClientReceived: {
            /**
             * Format: int64
             * @description Members only: the account's id.
             */
            account?: number | null;
            /**
             * Format: int64
             * @description A seq of the account's log, or a number of the visitor's own view.
             */
            place: number;
        };
        /** @description Somebody types. */
        ClientTyping: {
            /**
             * Format: int64
             * @description Members only.
             */
            account_id?: number | null;
            conversation_id: components["schemas"]["ConversationRef"];
            on: boolean;
            /** @description Members only: a private note, of which contacts learn nothing. */
            private?: boolean;
        };
        /** @description One condition. */
        ConditionForm: {
            attribute_key?: string | null;
            /** @description `equal_to`, `not_equal_to`, contains, `does_not_contain`, `is_present`, `is_not_present`, `is_greater_than` or `is_less_than`. */
            filter_operator?: string | null;
            values?: string[] | null;
            /** @description AND (default) or OR, to the next condition. */
            query_operator?: string | null;
        };
        /** @description A contact's conversations, newest activity first. */
        ContactConversationsView: {
            payload: components["schemas"]["ConversationView"][];
        };
        /** @description The inbox of a contact's place in it. */
        ContactInboxRefView: {
            source_id: string;
            /** @description The website vouched for who this is, with a signature. */
            hmac_verified: boolean;
            inbox: components["schemas"]["InboxView"];
        };
        /** @description A contact's place in the inbox that was asked for at its creation; both absent when none was. */
        ContactInboxView: {
            inbox?: components["schemas"]["InboxView"] | null;
            source_id?: string | null;
        };
        /** @description A contact with the inboxes through which it comes. */
        ContactView: components["schemas"]["SenderView"] & {
            contact_inboxes: components["schemas"]["ContactInboxRefView"][];
        };
        /** @description Inboxes through which a contact can be written to. */
        ContactableInboxesView: {
            payload: components["schemas"]["ContactInboxRefView"][];
        };
        /** @description How many contacts there are, and which page this is. */
        ContactsMeta: {
            /** Format: int64 */
            count: number;
            /** Format: int64 */
            current_page: number;
        };
        /** @description A page of contacts. */
        ContactsView: {
            meta: components["schemas"]["ContactsMeta"];
            payload: components["schemas"]["ContactView"][];
        };
        /** @description What is to be known of a message's content. */
        ContentAttributesView: {
            /** @description Present and true when the text was deleted. */
            deleted?: boolean;
        };
        /** @description A page of conversations with the counts of all. */
        ConversationListData: {
            meta: components["schemas"]["ConversationListMeta"];
            payload: components["schemas"]["ConversationView"][];
        };
        /** @description How many conversations of the chosen status there are. */
        ConversationListMeta: {
            /** Format: int64 */
            mine_count: number;
            /** Format: int64 */
            assigned_count: number;
            /** Format: int64 */
            unassigned_count: number;
            /** Format: int64 */
            all_count: number;
        };
        /** @description How many conversations there are. */
        ConversationListMetaView: {
            meta: components["schemas"]["ConversationListMeta"];
        };
        /** @description A page of conversations. */
        ConversationListView: {
            data: components["schemas"]["ConversationListData"];
        };
        /** @description A conversation as everybody in the account sees it, without what differs from member to member. */
        ConversationLive: {
            /**
             * Format: int64
             * @description The number in the account.
             */
            id: number;
            uuid: string;
            /** Format: int64 */
            account_id: number;
            /** Format: int64 */
            inbox_id: number;
            /** @example open */
            status: string;
            /**
             * Format: int64
             * @description Unix seconds, as all times here.
             */
            created_at: number;
            /** Format: int64 */
            updated_at: number;
            /** Format: int64 */
            timestamp: number;
            /** Format: int64 */
            last_activity_at: number;
            /** Format: int64 */
            first_reply_created_at: number;
            /**
             * Format: int64
             * @description 0 while nobody waits.
             */
            waiting_since: number;
            /**
             * Format: int64
             * @description When the contact who began it last read further; 0 for never.
             */
            contact_last_seen_at: number;
            /** Format: int64 */
            snoozed_until?: number | null;
            /**
             * Format: int64
             * @description Messages from contacts so far; unread is this less the member's own `read_count`.
             */
            incoming_count: number;
            /**
             * Format: int64
             * @description Public messages from members so far: the newest of them is number `outgoing_count`.
             */
            outgoing_count: number;
            /**
             * Format: int64
             * @description How many of those reached a device of the contact who began it.
             */
            contact_delivered_count: number;
            /**
             * Format: int64
             * @description How many of those that contact has seen.
             */
            contact_read_count: number;
            /**
             * Format: int64
             * @description How many of the messages from contacts reached a device of a member.
             */
            delivered_count: number;
            /**
             * Format: int64
             * @description How many of them a member has seen, as far as contacts may know.
             */
            seen_count: number;
            /** @description The members who take part, in the order of joining. */
            agents: components["schemas"]["ParticipantView"][];
            can_reply: boolean;
            muted: boolean;
            /** @example high */
            priority?: string | null;
            /** @description Titles, sorted. */
            labels: string[];
            additional_attributes: components["schemas"]["PageAttributes"];
            custom_attributes: {
                [key: string]: unknown;
            };
            /** @description The newest message that is not an activity, if there is one. */
            messages: components["schemas"]["MessageView"][];
            last_non_activity_message?: components["schemas"]["MessageView"] | null;
            meta: components["schemas"]["ConversationMeta"];
        };
        /** @description Who is in a conversation and how it came. */
        ConversationMeta: {
            sender: components["schemas"]["SenderView"];
            assignee?: components["schemas"]["AgentView"] | null;
            channel: string;
            /** @description Whether the website signed who the contact is. */
            hmac_verified: boolean;
        };
        /** @description A conversation as each side names it. */
        ConversationRef: number | string;
        /** @description A conversation as one member sees it. */
        ConversationView: components["schemas"]["ConversationLive"] & {
            /**
             * Format: int64
             * @description Messages from contacts that this member has not read.
             */
            unread_count: number;
            /**
             * Format: int64
             * @description Messages from contacts that this member has read.
             */
            read_count: number;
            /**
             * Format: int64
             * @description When any member last read further; 0 for never. Events do not tell it: what a member reads is told to that member.
             */
            agent_last_seen_at: number;
            /**
             * Format: int64
             * @description When the owner last read further; 0 for never. Events do not tell it either.
             */
            assignee_last_seen_at: number;
        };
        /** @description What is known of a new contact. */
        CreateContact: {
            /** Format: int64 */
            inbox_id?: number | null;
            name?: string | null;
            /** @description At most one contact of the account has it. */
            email?: string | null;
            phone_number?: string | null;
            /** @description Your own key for the contact; at most one contact of the account has it. */
            identifier?: string | null;
            /** @description Any fields of your own, at most 16 KiB. */
            custom_attributes?: {
                [key: string]: unknown;
            } | null;
            /** @description Any fields, at most 16 KiB. */
            additional_attributes?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description With whom and through which inbox. */
        CreateConversation: {
            /** Format: int64 */
            inbox_id?: number;
            /** Format: int64 */
            contact_id?: number;
            /** @description open (default), resolved, pending or snoozed. */
            status?: string | null;
            message?: components["schemas"]["FirstMessage"] | null;
            /** @description Any fields about where it comes from, at most 16 KiB. */
            additional_attributes?: {
                [key: string]: unknown;
            } | null;
            /** @description Any fields of your own, at most 16 KiB. */
            custom_attributes?: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: int64
             * @description The agent who shall own it.
             */
            assignee_id?: number | null;
        };
        /** @description What a member sends. */
        CreateMessage: {
            /** @description Up to 150,000 characters; empty only with a file. */
            content?: string | null;
            /** @description For members only. */
            private?: boolean | null;
            /** @description Your own key for the message, 1 to 64 characters: sent again with the same content it answers the first copy. */
            echo_id?: string | null;
            /** @description Only "outgoing" can be sent. */
            message_type?: string | null;
            /** @description Files that you uploaded for it, by their `blob_id`, 10 at most; a form may bring the files themselves. */
            attachments?: string[] | null;
        };
        /** @description A contact and its place in the inbox that was asked for. */
        CreatedContactPayload: {
            contact: components["schemas"]["ContactView"];
            contact_inbox: components["schemas"]["ContactInboxView"];
        };
        /** @description The answer to creating a contact. */
        CreatedContactView: {
            payload: components["schemas"]["CreatedContactPayload"];
        };
        /** @description What integrations keep with a conversation. */
        CustomAttributesView: {
            custom_attributes: {
                [key: string]: unknown;
            };
        };
        /** @description How many deliveries there are of each state. */
        DeliveriesMeta: {
            /** Format: int64 */
            pending_count: number;
            /** Format: int64 */
            delivered_count: number;
            /** Format: int64 */
            failed_count: number;
        };
        /** @description A page of deliveries, newest first. */
        DeliveriesView: {
            meta: components["schemas"]["DeliveriesMeta"];
            payload: components["schemas"]["DeliveryView"][];
        };
        /** @description A delivery: what was, or is to be, told to a webhook, and what became of it. */
        DeliveryView: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            webhook_id: number;
            /** @description The same at every try: X-Chatwoot-Delivery. */
            delivery: string;
            /** @example message_created */
            event: string;
            /** @example delivered */
            state: string;
            /** Format: int64 */
            attempts: number;
            /**
             * Format: int64
             * @description Unix seconds, as all times here.
             */
            created_at: number;
            /**
             * Format: int64
             * @description When it is tried again; null unless it waits for that.
             */
            next_try_at?: number | null;
            /** Format: int64 */
            tried_at?: number | null;
            /** Format: int64 */
            duration_ms?: number | null;
            /**
             * Format: int64
             * @description The target's HTTP status; null when it gave none.
             */
            status?: number | null;
            /** @description Why the last try failed, in words. */
            error?: string | null;
            /** @description The beginning of the target's answer. */
            answer?: string | null;
        };
        /** @description A label as it shall be. */
        EditLabel: {
            /** @description One word of letters, digits, - and _; stored in lower case; at most one label of the account has it. */
            title?: string | null;
            description?: string | null;
            /** @description #rrggbb */
            color?: string | null;
            /** @description Whether the dashboard lists it beside the inboxes. */
            show_on_sidebar?: boolean | null;
        };
        /** @description An object that is always empty: present because clients expect the field. */
        Empty: Record<string, never>;
        /** @description The body of every error. */
        ErrorView: {
            /**
             * @description What happened, in a fixed sentence.
             * @example Resource could not be found
             */
            error: string;
            /**
             * @description With 422: which rule was broken.
             * @example Content can't be blank
             */
            message?: string | null;
            /** @description With 422: the fields that broke it. */
            attributes?: string[] | null;
        };
        /** @description A piece of a message's text. */
        ExcerptPartView: {
            text: string;
            /** @description It is what was searched for. */
            match: boolean;
        };
        /** @description What is shown of a file, whoever reads. */
        FileView: {
            /**
             * @description "image", "audio", "video" or "file". Only what is shown in place is an image.
             * @example image
             */
            file_type: string;
            file_name: string;
            /** @description Without its dot; empty without one. */
            extension: string;
            /** @description By the file's bytes. */
            content_type: string;
            /**
             * Format: int64
             * @description In bytes.
             */
            file_size: number;
            /**
             * Format: int64
             * @description Of images, in pixels.
             */
            width?: number | null;
            /** Format: int64 */
            height?: number | null;
            /** @description Where the file is, for those who may read it. */
            data_url: string;
            /** @description Of images, what to show of it; empty for the rest. */
            thumb_url: string;
        };
        /** @description Conditions, each joined to the next. */
        FilterForm: {
            payload?: components["schemas"]["ConditionForm"][] | null;
        };
        /** @description A first message. */
        FirstMessage: {
            content?: string | null;
            /** @description Files that you uploaded for it, by their `blob_id`. */
            attachments?: string[] | null;
        };
        /** @description A message that was found. */
        FoundMessageView: components["schemas"]["MessageView"] & {
            /** @description How the contact of the conversation is called. */
            contact_name: string;
            /** @description The part of the text around the first match, in pieces. */
            excerpt: components["schemas"]["ExcerptPartView"][];
        };
        /** @description A delivery with the body that is sent. */
        FullDeliveryView: components["schemas"]["DeliveryView"] & {
            /** @description The JSON text as it is sent. */
            payload: string;
        };
        /** @description The installation's state in one word. */
        HealthView: {
            status: string;
        };
        /**
         * @description Who connects, and what they have already. Exactly one kind of credentials: the cookie of the upgrade, a token, a
         *     visitor or a launcher.
         */
        Hello: {
            /** Format: int32 */
            v: number;
            /** @description The history that the cursors belong to. */
            epoch?: string | null;
            /** @description Members: the last seq had, by account. */
            cursors?: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Visitors: the last number had.
             */
            cursor?: number | null;
            api_access_token?: string | null;
            visitor?: components["schemas"]["HelloVisitor"] | null;
            launcher?: components["schemas"]["HelloLauncher"] | null;
        };
        /** @description A launcher follows the mode of its inbox. */
        HelloLauncher: {
            website_token: string;
        };
        /** @description A visitor's credentials. */
        HelloVisitor: {
            website_token: string;
            token: string;
        };
        /** @description What is known of a visitor after the website told who they are. */
        IdentifiedView: {
            contact: components["schemas"]["VisitorContactView"];
            /** @description Whether the website signed who uses this browser. */
            hmac_verified: boolean;
        };
        /** @description Who the visitor is, as the website knows them. What is absent stays as it is. */
        Identify: {
            /** @description The website's own key for this person, 1 to 64 characters. */
            identifier?: string | null;
            /** @description HMAC-SHA256 of the identifier with the inbox's secret, in hex. Without it everything here is a claim. */
            identifier_hash?: string | null;
            name?: string | null;
            /** @description Proved only where the signed identifier is this address. */
            email?: string | null;
            phone_number?: string | null;
            /** @description Fields to be added or replaced; null takes one away. */
            custom_attributes?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description Settings of an inbox, flat or with the widget's own under `channel`. What is absent or null stays as it is. */
        InboxForm: {
            /** @default null */
            name: string | null;
            /**
             * @description `web_widget`, the only kind yet.
             * @default null
             */
            type: string | null;
            /** @default null */
            website_url: string | null;
            /** @default null */
            welcome_title: string | null;
            /** @default null */
            welcome_tagline: string | null;
            /**
             * @description #rrggbb
             * @default null
             */
            widget_color: string | null;
            /**
             * @description right or left
             * @default null
             */
            widget_position: string | null;
            /**
             * @description chat, question or wave
             * @default null
             */
            launcher_icon: string | null;
            /** @default null */
            launcher_text: string | null;
            /**
             * @description `name_email`, name or nothing
             * @default null
             */
            ask_for: string | null;
            /** @default null */
            show_team: boolean | null;
            /**
             * @description A language tag such as en or pt-BR; empty for the visitor's own.
             * @default null
             */
            locale: string | null;
            /** @default null */
            enabled: boolean | null;
            /** @default null */
            greeting_enabled: boolean | null;
            /** @default null */
            greeting_message: string | null;
            /**
             * @description A list, or one text with commas. Empty: every website.
             * @default null
             */
            allowed_domains: string[] | null;
            /** @default null */
            hmac_mandatory: boolean | null;
        };
        /** @description A website widget's settings, as everybody who sees the inbox knows them and events carry them. */
        InboxLive: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            account_id: number;
            /** Format: int64 */
            channel_id: number;
            name: string;
            channel_type: string;
            website_url: string;
            website_token: string;
            /** @description The heading above the chat. */
            welcome_title: string;
            /** @description The line under it. */
            welcome_tagline: string;
            /** @description #rrggbb */
            widget_color: string;
            /**
             * @description The corner of the launcher.
             * @example right
             */
            widget_position: string;
            /** @example chat */
            launcher_icon: string;
            /** @description Said beside the icon; empty for the icon alone. */
            launcher_text: string;
            /**
             * @description What the first message asks for: `name_email`, name or nothing.
             * @example name_email
             */
            ask_for: string;
            /** @description Whether visitors see who answers. */
            show_team: boolean;
            /** @description A language tag; empty for the visitor's own. */
            locale: string;
            /**
             * @description ltr or rtl, as the language is written.
             * @example ltr
             */
            direction: string;
            /** @description Off: visitors get nothing, the history stays. */
            enabled: boolean;
            avatar_url: string;
            enable_auto_assignment: boolean;
            greeting_enabled: boolean;
            greeting_message: string;
            working_hours_enabled: boolean;
            /** @description Where the widget may be shown; empty for everywhere. */
            allowed_domains: string[];
            /** @description Whether only identities that the website signed are taken. */
            hmac_mandatory: boolean;
            /**
             * Format: int64
             * @description When a page last showed the widget, in unix seconds.
             */
            seen_at?: number | null;
            /** @description On which host that page was. */
            seen_host?: string | null;
        };
        /** @description An inbox and users. */
        InboxMembersForm: {
            /** Format: int64 */
            inbox_id?: number;
            user_ids?: number[];
        };
        /** @description The members of an inbox. */
        InboxMembersView: {
            payload: components["schemas"]["AgentView"][];
        };
        /** @description A website widget. */
        InboxView: components["schemas"]["InboxLive"] & {
            /** @description What the owner pastes into the website. */
            web_widget_script: string;
            /** @description The same chat as a page of its own. */
            hosted_url: string;
            /** @description What the website signs identities with; for administrators only. */
            hmac_token?: string | null;
        };
        /** @description The inboxes that a member sees. */
        InboxesView: {
            payload: components["schemas"]["InboxView"][];
        };
        /** @description A label. */
        LabelView: {
            /** Format: int64 */
            id: number;
            /** @description One lower-case word, unique in the account. */
            title: string;
            description: string;
            /** @description #rrggbb */
            color: string;
            show_on_sidebar: boolean;
        };
        /** @description An account's labels. */
        LabelsView: {
            payload: components["schemas"]["LabelView"][];
        };
        /** @description An address and its password. */
        LogIn: {
            email?: string | null;
            password?: string | null;
        };
        /**
         * @description An event as members hear of it, with the state as it is when it is told. Kinds that a client does not know are to be
         *     passed over.
         */
        MemberEvent: {
            /** Format: int64 */
            at: number;
            conversation: components["schemas"]["ConversationLive"];
            /** @enum {string} */
            kind: "conversation_created";
        } | {
            /** Format: int64 */
            at: number;
            conversation: components["schemas"]["ConversationLive"];
            message: components["schemas"]["MessageView"];
            /** @enum {string} */
            kind: "message_created";
        } | {
            /** Format: int64 */
            at: number;
            conversation: components["schemas"]["ConversationLive"];
            message: components["schemas"]["MessageView"];
            /** @enum {string} */
            kind: "message_updated";
        } | {
            /** Format: int64 */
            at: number;
            conversation: components["schemas"]["ConversationLive"];
            /** @enum {string} */
            kind: "conversation_updated";
        } | {
            /** Format: int64 */
            at: number;
            /** Format: int64 */
            conversation_id: number;
            /** Format: int64 */
            read_count: number;
            /** @enum {string} */
            kind: "conversation_read";
        } | {
            /** Format: int64 */
            at: number;
            /** Format: int64 */
            conversation_id: number;
            /** Format: int64 */
            read_count: number;
            /** @enum {string} */
            kind: "conversation_unread";
        } | {
            /** Format: int64 */
            at: number;
            contact: components["schemas"]["SenderView"];
            /** @enum {string} */
            kind: "contact_updated";
        } | {
            /** Format: int64 */
            at: number;
            /** Format: int64 */
            contact_id: number;
            merged_into?: components["schemas"]["SenderView"] | null;
            /** @enum {string} */
            kind: "contact_deleted";
        } | {
            /** Format: int64 */
            at: number;
            agent: components["schemas"]["AgentView"];
            /** @enum {string} */
            kind: "member_added";
        } | {
            /** Format: int64 */
            at: number;
            agent: components["schemas"]["AgentView"];
            /** @enum {string} */
            kind: "member_updated";
        } | {
            /** Format: int64 */
            at: number;
            labels: components["schemas"]["LabelView"][];
            was?: string | null;
            becomes?: string | null;
            /** @enum {string} */
            kind: "labels_changed";
        } | {
            /** Format: int64 */
            at: number;
            inbox: components["schemas"]["InboxLive"];
            /** @enum {string} */
            kind: "inbox_updated";
        } | {
            /** Format: int64 */
            at: number;
            /** Format: int64 */
            inbox_id: number;
            /** @enum {string} */
            kind: "inbox_deleted";
        } | {
            /** Format: int64 */
            at: number;
            /** Format: int64 */
            inbox_id: number;
            user_ids: number[];
            /** @enum {string} */
            kind: "inbox_members_changed";
        };
        /** @description Who is one. */
        MergeContacts: {
            /**
             * Format: int64
             * @description Stays, and keeps what it knows.
             */
            base_contact_id?: number;
            /**
             * Format: int64
             * @description Goes; what it has moves over.
             */
            mergee_contact_id?: number;
        };
        /** @description Who sent a message. */
        MessageSenderView: {
            /** Format: int64 */
            id: number;
            name: string;
            type: string;
            thumbnail: string;
        };
        /** @description A message. */
        MessageView: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            account_id: number;
            /** Format: int64 */
            inbox_id: number;
            /**
             * Format: int64
             * @description The conversation's number in the account.
             */
            conversation_id: number;
            /**
             * Format: int64
             * @description 0 from a contact, 1 from a member, 2 something that happened.
             */
            message_type: number;
            content: string;
            content_type: string;
            /** @description For members only. */
            private: boolean;
            /**
             * @description How far it came: sent, delivered to a device of the other side, or read there.
             * @example delivered
             */
            status: string;
            /**
             * Format: int64
             * @description Unix seconds.
             */
            created_at: number;
            /**
             * Format: int64
             * @description Unix milliseconds.
             */
            created_at_ms: number;
            /**
             * Format: int64
             * @description 1, 2, 3, ... in the conversation: the one order that everybody sees.
             */
            position: number;
            /** @description The sender's own key, if one was given. */
            echo_id?: string | null;
            content_attributes: components["schemas"]["ContentAttributesView"];
            /** @description Its files, in the sender's order. */
            attachments: components["schemas"]["AttachmentView"][];
            sender_type?: string | null;
            /** Format: int64 */
            sender_id?: number | null;
            sender?: components["schemas"]["MessageSenderView"] | null;
        };
        /** @description The conversation to which a page of messages belongs. */
        MessagesMeta: {
            labels: string[];
            additional_attributes: components["schemas"]["PageAttributes"];
            contact: components["schemas"]["SenderView"];
            assignee?: components["schemas"]["AgentView"] | null;
            /** Format: int64 */
            agent_last_seen_at: number;
            /** Format: int64 */
            assignee_last_seen_at: number;
        };
        /** @description A page of messages, oldest first. */
        MessagesView: {
            meta: components["schemas"]["MessagesMeta"];
            payload: components["schemas"]["MessageView"][];
        };
        /** @description One webhook. */
        OneWebhookPayload: {
            webhook: components["schemas"]["WebhookView"];
        };
        /** @description One webhook. */
        OneWebhookView: {
            payload: components["schemas"]["OneWebhookPayload"];
        };
        /** @description What a visitor's page said when a conversation began. Conversations made over REST may carry other fields. */
        PageAttributes: {
            browser?: string | null;
            platform?: string | null;
            page_url?: string | null;
            page_title?: string | null;
            referrer?: string | null;
            language?: string | null;
            /** @description As in "2026-11-21T18:35:49Z". */
            initiated_at?: string | null;
        };
        /** @description A member who takes part. */
        ParticipantView: {
            /**
             * Format: int64
             * @description The user's id.
             */
            id: number;
            name: string;
        };
        /** @description An account among those of the person who asks. */
        ProfileAccountView: {
            /** Format: int64 */
            id: number;
            name: string;
            role: string;
            availability: string;
            availability_status: string;
            auto_offline: boolean;
            status: string;
        };
        /** @description The person who asks. */
        ProfileView: {
            /** Format: int64 */
            id: number;
            /**
             * Format: int64
             * @description The first of the accounts.
             */
            account_id?: number | null;
            name: string;
            available_name: string;
            display_name: string;
            email: string;
            uid: string;
            provider: string;
            role?: string | null;
            confirmed: boolean;
            avatar_url: string;
            thumbnail: string;
            /** @description Markdown. */
            message_signature: string;
            ui_settings: Record<string, never>;
            /** @description Only in the answer that made it. */
            access_token?: string | null;
            accounts: components["schemas"]["ProfileAccountView"][];
        };
        /** @description What a search found. */
        SearchPayload: {
            /** @description By their number, or by their contact; only on the first page. */
            conversations: components["schemas"]["ConversationView"][];
            contacts: components["schemas"]["SenderView"][];
            /** @description Newest first. */
            messages: components["schemas"]["FoundMessageView"][];
        };
        /** @description What a search found. */
        SearchView: {
            payload: components["schemas"]["SearchPayload"];
        };
        /** @description How far the visitor has read. */
        Seen: {
            /**
             * Format: int64
             * @description The number of the newest message on the screen.
             */
            number?: number;
        };
        /** @description The contact at the head of a conversation. */
        SenderView: {
            /** Format: int64 */
            id: number;
            name: string;
            email?: string | null;
            phone_number?: string | null;
            identifier?: string | null;
            thumbnail: string;
            type: string;
            availability_status: string;
            blocked: boolean;
            /** @description The address was typed by a visitor and proved by nobody. */
            email_claimed: boolean;
            additional_attributes: {
                [key: string]: unknown;
            };
            custom_attributes: {
                [key: string]: unknown;
            };
            /** @description Titles, sorted. */
            labels: string[];
            /**
             * Format: int64
             * @description Unix seconds.
             */
            last_activity_at: number;
            /**
             * Format: int64
             * @description Unix seconds.
             */
            created_at: number;
        };
        /** @description What the server sends. Frames with an `account_id` go to members, those without one to visitors. */
        ServerFrame: (components["schemas"]["Standing"] & {
            /** @enum {string} */
            type: "resumed";
        }) | (components["schemas"]["Standing"] & {
            /** @enum {string} */
            type: "reload";
        }) | {
            /** Format: int64 */
            account_id: number;
            /** Format: int64 */
            seq: number;
            event: components["schemas"]["MemberEvent"];
            /** @enum {string} */
            type: "event";
        } | {
            /** Format: int64 */
            account_id: number;
            /** Format: int64 */
            seq: number;
            /** @enum {string} */
            type: "cursor";
        } | (components["schemas"]["ServerTyping"] & {
            /** @enum {string} */
            type: "typing";
        }) | {
            mode: string;
            /** @enum {string} */
            type: "mode";
        } | {
            /** @enum {string} */
            type: "check";
        };
        /** @description Somebody types, or stopped. */
        ServerTyping: {
            /** Format: int64 */
            account_id?: number | null;
            conversation_id: components["schemas"]["ConversationRef"];
            who: components["schemas"]["Typist"];
            on: boolean;
        };
        /** @description An account that the session may open, and where its event log stands. */
        SessionAccountView: {
            /** Format: int64 */
            id: number;
            name: string;
            role: string;
            availability: string;
            /**
             * Format: int64
             * @description The newest place of the account's log: lists fetched after this answer are at least as new.
             */
            cursor: number;
        };
        /** @description The person behind a session. */
        SessionUserView: {
            /** Format: int64 */
            id: number;
            name: string;
            available_name: string;
            email: string;
            avatar_url: string;
            thumbnail: string;
            /** @description Markdown that is put under what they write; may be empty. */
            message_signature: string;
            /** @description How their dashboard behaves. */
            ui_settings: Record<string, never>;
        };
        /** @description A log-in, with all that a dashboard needs to begin. */
        SessionView: {
            user: components["schemas"]["SessionUserView"];
            /** @description Names this history of the log; another one after a restore. */
            epoch: string;
            accounts: components["schemas"]["SessionAccountView"][];
        };
        /** @description Attributes of integrations. */
        SetCustomAttributes: {
            /** @description Any fields, at most 16 KiB, in place of those before. */
            custom_attributes?: {
                [key: string]: unknown;
            };
        };
        /** @description The labels that a conversation or contact shall carry. */
        SetLabels: {
            /** @description Titles, in place of those before. One that no label has makes a label. */
            labels?: string[];
        };
        /** @description The first account and its owner. */
        SetUp: {
            account_name?: string | null;
            name?: string | null;
            email?: string | null;
            password?: string | null;
            website_url?: string | null;
            /** @description The content of `setup-code` in the data directory; not asked on the machine itself. */
            code?: string | null;
        };
        /** @description Whether the installation waits to be set up. */
        SetupStateView: {
            /** @description There is no account yet. */
            needed: boolean;
            /** @description Whoever asks from here needs the code in the data directory. */
            needs_code: boolean;
        };
        /** @description The answer to showing one contact. */
        ShownContactView: {
            payload: components["schemas"]["ContactView"];
        };
        /** @description Where a connection stands in a log. */
        Standing: {
            /** Format: int64 */
            account_id?: number | null;
            epoch: string;
            /** Format: int64 */
            cursor: number;
        };
        /** @description The titles that a conversation or contact carries, sorted. */
        TitlesView: {
            payload: string[];
        };
        /** @description A priority. */
        TogglePriority: {
            /** @description low, medium, high, urgent or none; null is none. */
            priority?: string | null;
        };
        /** @description The status that the conversation shall have. */
        ToggleStatus: {
            /** @description open, resolved, pending or snoozed; without it open and resolved change places. */
            status?: string | null;
            /**
             * Format: int64
             * @description Unix seconds, with snoozed; without it the next message wakes the conversation.
             */
            snoozed_until?: number | null;
        };
        /** @description Whether the member types. */
        ToggleTypingStatus: {
            /** @description on or off. */
            typing_status: string;
            /** @description A private note, of which contacts learn nothing. */
            is_private?: boolean | null;
        };
        /** @description What became of a status. */
        ToggledStatusPayload: {
            success: boolean;
            current_status: string;
            /**
             * Format: int64
             * @description The conversation's number.
             */
            conversation_id: number;
        };
        /** @description The answer to changing a status. */
        ToggledStatusView: {
            meta: components["schemas"]["Empty"];
            payload: components["schemas"]["ToggledStatusPayload"];
        };
        /** @description Who types. */
        Typist: {
            /** @description To members "contact" or "user", to visitors "agent" or "contact". */
            type: string;
            /**
             * Format: int64
             * @description To members only.
             */
            id?: number | null;
            name: string;
        };
        /** @description What shall be known; what is absent or null stays, an empty text takes it away. */
        UpdateContact: {
            name?: string | null;
            /** @description At most one contact of the account has it. */
            email?: string | null;
            phone_number?: string | null;
            /** @description Your own key for the contact; at most one contact of the account has it. */
            identifier?: string | null;
            /** @description Fields to be added or replaced; null takes one away, others stay. */
            custom_attributes?: {
                [key: string]: unknown;
            } | null;
            /** @description Fields to be added or replaced; null takes one away, others stay. */
            additional_attributes?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description What shall be different. */
        UpdateConversation: {
            /** @description low, medium, high, urgent or none; null or nothing leaves it. */
            priority?: string | null;
            /** @description What is named is replaced, and null takes it away; at most 16 KiB in all. */
            custom_attributes?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description How far the member has read. */
        UpdateLastSeen: {
            /**
             * Format: int64
             * @description Messages from contacts that were on the screen, as the conversation's `incoming_count` said; all when absent.
             */
            incoming_count?: number | null;
        };
        /** @description What a person changes. A form may bring `avatar`, a PNG, JPEG or WebP picture of 1 MB at most. */
        UpdateProfile: {
            name?: string | null;
            /** @description Markdown, up to 1,000 characters; empty for none. */
            message_signature?: string | null;
            /** @description Settings of the dashboard: what is named here replaces what was there under that name, null removes it. 8 KiB in all. */
            ui_settings?: Record<string, never> | null;
            /** @description The password as it is, to set another one. */
            current_password?: string | null;
            /** @description Another password, 8 characters or more. Every other session ends. */
            password?: string | null;
        };
        /** @description A file that waits for its message. */
        UploadView: {
            /** @description Names the file in the message that is to have it; known to whoever uploaded it only, and good for one message. */
            blob_id: string;
            /** @example image */
            file_type: string;
            file_name: string;
            content_type: string;
            /**
             * Format: int64
             * @description In bytes.
             */
            file_size: number;
            /**
             * Format: int64
             * @description Of images, in pixels.
             */
            width?: number | null;
            /** Format: int64 */
            height?: number | null;
            /** @description Always empty: a file can be read once its message is sent. */
            file_url: string;
        };
        /** @description Which product and version this is. */
        VersionView: {
            product: string;
            version: string;
            /**
             * Format: int64
             * @description The moment of the answer, unix seconds.
             */
            timestamp: number;
            queue_services: string;
            data_services: string;
        };
        /** @description A member who takes part. */
        VisitorAgentView: {
            name: string;
            /** @description Their picture; empty for none. */
            avatar_url: string;
        };
        /** @description A file of a message as a contact sees it. */
        VisitorAttachmentView: components["schemas"]["FileView"] & {
            /** @description The uuid. */
            id: string;
        };
        /** @description What is known of the contact who asks. */
        VisitorContactView: {
            name?: string | null;
            email?: string | null;
        };
        /** @description A conversation as a contact sees it. */
        VisitorConversationView: {
            /** @description The uuid. */
            id: string;
            /** @example open */
            status: string;
            /** @description The members who take part, in the order of joining. */
            agents: components["schemas"]["VisitorAgentView"][];
            /**
             * Format: int64
             * @description Members' messages that this contact has not read.
             */
            unread_count: number;
            /**
             * Format: int64
             * @description Messages from contacts so far: the newest of them is number `incoming_count`.
             */
            incoming_count: number;
            /**
             * Format: int64
             * @description How many of those reached a device of a member.
             */
            delivered_count: number;
            /**
             * Format: int64
             * @description How many of those a member has seen.
             */
            seen_count: number;
            /** Format: int64 */
            created_at_ms: number;
        };
        /** @description An event as a contact hears of it. */
        VisitorEvent: {
            /** Format: int64 */
            at: number;
            conversation: components["schemas"]["VisitorConversationView"];
            message: components["schemas"]["VisitorMessageView"];
            /** @enum {string} */
            kind: "message_created";
        } | {
            /** Format: int64 */
            at: number;
            conversation: components["schemas"]["VisitorConversationView"];
            message: components["schemas"]["VisitorMessageView"];
            /** @enum {string} */
            kind: "message_updated";
        } | {
            /** Format: int64 */
            at: number;
            conversation: components["schemas"]["VisitorConversationView"];
            /** @enum {string} */
            kind: "conversation_updated";
        };
        /** @description What a visitor sends. */
        VisitorMessage: {
            /** @description Up to 150,000 characters; empty only with a file. */
            content: string;
            /** @description The visitor's own key for the message, 1 to 64 characters. */
            echo_id: string;
            /** @description Files that this browser uploaded for it, by their `blob_id`, 10 at most. */
            attachments?: string[] | null;
        };
        /** @description A message as a contact sees it. */
        VisitorMessageView: {
            /**
             * Format: int64
             * @description 1, 2, 3, ... among what contacts may see of this conversation.
             */
            number: number;
            /** @description The conversation's uuid. */
            conversation_id: string;
            /** @description "me", "contact" (another one), "agent" or "event". */
            from: string;
            name?: string | null;
            /** @description An agent's picture; empty for none. */
            avatar_url: string;
            content: string;
            /** @description The text is gone, and `content` says so. */
            deleted: boolean;
            /** @description The contact's own key, on own messages only. */
            echo_id?: string | null;
            /** @description Its files, in the sender's order. */
            attachments: components["schemas"]["VisitorAttachmentView"][];
            /** Format: int64 */
            created_at_ms: number;
        };
        /** @description A page of messages, oldest first. */
        VisitorMessagesView: {
            messages: components["schemas"]["VisitorMessageView"][];
            /** @description Whether there are older ones. */
            more: boolean;
        };
        /** @description An accepted message and the conversation that it went to. */
        VisitorSentView: {
            conversation: components["schemas"]["VisitorConversationView"];
            message: components["schemas"]["VisitorMessageView"];
        };
        /** @description All that a chat needs to begin or to go on. */
        VisitorSessionView: {
            epoch: string;
            /**
             * Format: int64
             * @description The newest number of this contact's view of the log; what is told here is at least as new.
             */
            cursor: number;
            contact?: components["schemas"]["VisitorContactView"] | null;
            conversation?: components["schemas"]["VisitorConversationView"] | null;
            /** @description The newest ones, oldest first. */
            messages: components["schemas"]["VisitorMessageView"][];
            /** @description Whether there are older ones. */
            more: boolean;
        };
        /** @description A webhook. When one is changed, what is absent stays as it is. */
        WebhookForm: {
            /** @description http or https; at most one webhook of the account has it. */
            url?: string | null;
            name?: string | null;
            /** @description The events to be told of; all of them when a new webhook names none. */
            subscriptions?: string[] | null;
            /**
             * Format: int64
             * @description Only what happens in this inbox; 0 or "" for all of them.
             */
            inbox_id?: number | null;
        };
        /** @description The inbox that a webhook is limited to. */
        WebhookInboxView: {
            /** Format: int64 */
            id: number;
            name: string;
        };
        /** @description A webhook. */
        WebhookView: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            account_id: number;
            /** @description May be empty. */
            name: string;
            url: string;
            /** @description The events that are told. */
            subscriptions: string[];
            inbox?: components["schemas"]["WebhookInboxView"] | null;
            /** @description What receivers check signatures with. */
            secret: string;
            /**
             * Format: int64
             * @description Unix seconds.
             */
            created_at: number;
            /** Format: int64 */
            updated_at: number;
        };
        /** @description All webhooks of an account. */
        WebhooksPayload: {
            webhooks: components["schemas"]["WebhookView"][];
        };
        /** @description All webhooks of an account. */
        WebhooksView: {
            payload: components["schemas"]["WebhooksPayload"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
