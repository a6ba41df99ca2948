//! What is sent to agents and visitors, over REST and over sockets alike: one shape per noun, built from stored rows.
//! The agents' shapes are Chatwoot's, with additions of our own; nothing is decided or read from the database here.

mod account;
mod attachment;
mod attributes;
mod contact;
mod conversation;
mod inbox;
mod label;
mod message;
mod search;
mod visitor;
mod webhook;

pub(crate) use account::{AccountView, AgentView, ProfileAccountView, ProfileView, SessionView, picture_url};
pub(crate) use attachment::{AttachmentView, UploadView, VisitorAttachmentView, in_path};
pub(crate) use attributes::Fields;
pub(crate) use contact::{ContactInboxRefView, ContactInboxView, ContactView, ContactableInboxesView, ContactsMeta, ContactsView};
pub(crate) use contact::{CreatedContactPayload, CreatedContactView, SenderView};
pub(crate) use conversation::{
    ContactConversationsView, ConversationListMetaView, CustomAttributesView, ToggledStatusPayload, ToggledStatusView,
};
pub(crate) use conversation::{ConversationListData, ConversationListMeta, ConversationListView, ConversationLive, ConversationView};
pub(crate) use inbox::{InboxLive, InboxMembersView, InboxView, InboxesView, identity_secret};
pub(crate) use label::{LabelView, LabelsView, TitlesView};
pub(crate) use message::{MessageView, MessagesView, Thread};
pub(crate) use search::{FoundMessageView, SearchPayload, SearchView};
pub(crate) use visitor::{IdentifiedView, VisitorSentView, VisitorSessionView};
pub(crate) use visitor::{Reader, VisitorContactView, VisitorConversationView, VisitorMessageView, VisitorMessagesView};
pub(crate) use webhook::{DeliveriesMeta, DeliveriesView, DeliveryView, FullDeliveryView};
pub(crate) use webhook::{OneWebhookPayload, OneWebhookView, WebhookView, WebhooksPayload, WebhooksView};

/// An object that is always empty: present because clients expect the field.
#[derive(Debug, Clone, Default, serde::Serialize, utoipa::ToSchema)]
pub(crate) struct Empty {}
