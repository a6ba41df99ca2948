//! A read sees one moment, whatever is committed while it runs.

use frontdesk_store::{StoreError, params};

use crate::desk::{COUNT, add, gate, in_time, stores};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_sees_one_moment_while_writes_are_committed() {
    for store in stores().await {
        let (gate, mut keeper) = gate();
        let reading = tokio::spawn(store.read(async move |tx| {
            let before: i64 = tx.one(&COUNT, params![]).await?;
            gate.pass();
            let after: i64 = tx.one(&COUNT, params![]).await?;
            Ok::<_, StoreError>((before, after))
        }));
        keeper.arrival().await;
        in_time(add(&store, "meanwhile")).await.expect("a read stops no write");
        keeper.open();
        assert_eq!(in_time(reading).await.expect("no panic").expect("it reads"), (0, 0), "{store:?}");
        assert_eq!(store.texts().await, ["meanwhile"], "{store:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_reads_run_at_once() {
    const READS: usize = 100;
    for store in stores().await {
        add(&store, "there").await.expect("it is written");
        let reads = (0..READS).map(|_| tokio::spawn(store.read(async |tx| tx.one::<i64>(&COUNT, params![]).await)));
        for read in in_time(futures_util::future::join_all(reads)).await {
            let count = read.expect("no panic").map_err(|error: StoreError| error).expect("it reads");
            assert_eq!(count, 1, "{store:?}");
        }
    }
}
