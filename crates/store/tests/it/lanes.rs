//! Which webhooks have something to send, in which order, and that looking costs the same however many deliveries wait.

use frontdesk_core::time::Millis;
use frontdesk_store::testing::stores;
use frontdesk_store::{StoreError, Tx, all_statements, deliveries, params, statements};

use crate::desk::in_time;
use crate::plans::{plan, with_values};

statements! {
    ACCOUNT = "INSERT INTO accounts (name, created_at) VALUES ('Halden', 0)";
    /// Six webhooks: 4 was served longest ago, 2 last; somebody has the claim of 6.
    WEBHOOKS = "INSERT INTO webhooks (account_id, name, url, subscriptions, cursor_seq, claimed_until, created_at, updated_at) VALUES (1, '', 'a', '', 0, 300, 0, 0), (1, '', 'b', '', 0, 400, 0, 0), (1, '', 'c', '', 0, 0, 0, 0), (1, '', 'd', '', 0, 100, 0, 0), (1, '', 'e', '', 0, 0, 0, 0), (1, '', 'f', '', 0, 9000, 0, 0)";
    /// 1, 2, 4 and 6 have something due; 3 has later; what 5 has was delivered.
    DELIVERIES = "INSERT INTO webhook_deliveries (webhook_id, event, seq, payload, state, due_at, created_at) VALUES (1, 'e', 1, '', 'pending', 0, 0), (1, 'e', 1, '', 'pending', 7000, 0), (2, 'e', 1, '', 'pending', 0, 0), (3, 'e', 1, '', 'pending', 8000, 0), (3, 'e', 1, '', 'delivered', 0, 0), (4, 'e', 1, '', 'pending', 999999, 0), (5, 'e', 1, '', 'delivered', 0, 0), (6, 'e', 1, '', 'pending', 2, 0)";
}

const NOW: Millis = Millis(1_000);
const AHEAD: Millis = Millis(50_000);

#[tokio::test]
async fn those_that_are_due_come_first_and_of_them_who_was_served_longest_ago() {
    for store in stores().await {
        let look = async |tx: &mut Tx<'_>| {
            for step in [&ACCOUNT, &WEBHOOKS, &DELIVERIES] {
                tx.run(step, params![]).await?;
            }
            Ok::<_, StoreError>((deliveries::lanes(tx, NOW, AHEAD, 10).await?, deliveries::lanes(tx, NOW, AHEAD, 2).await?))
        };
        let (lanes, first) = in_time(store.write(look)).await.expect("they are read");
        let seen: Vec<_> = lanes.iter().map(|it| (it.webhook.0, it.due_at.0, it.claimed_until.0)).collect();
        // What 4 waits for was set by a clock that has jumped back since.
        assert_eq!(seen, [(4, 1_000, 100), (1, 0, 300), (2, 0, 400), (6, 2, 9_000), (3, 8_000, 0)], "{store:?}");
        assert_eq!(first, lanes[..2]);
    }
}

#[tokio::test]
async fn looking_reads_the_ends_of_an_index_and_counting_no_payload() {
    for store in stores().await {
        let named = |name: &str| *all_statements().iter().find(|it| it.name.ends_with(name)).expect("there is such a statement");
        let lanes = plan(&store, &with_values(named("::deliveries::LANES"), &["1000", "50000", "10"])).await;
        let by_webhook = ["SEARCH d USING COVERING INDEX webhook_deliveries_due", "Only Scan Backward using webhook_deliveries_due"];
        assert!(by_webhook.iter().any(|it| lanes.contains(it)) && !lanes.contains("SCAN d"), "{lanes}");
        let count = plan(&store, &with_values(named("::deliveries::COUNT"), &["1"])).await;
        let covered = ["COVERING INDEX webhook_deliveries_states", "Only Scan using webhook_deliveries_states"];
        assert!(covered.iter().any(|it| count.contains(it)), "{count}");
    }
}
