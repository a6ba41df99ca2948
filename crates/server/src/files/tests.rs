//! Keeping files: whole or not at all, within their limit, and found again in pieces.

use std::convert::Infallible;

use futures_util::{TryStreamExt, stream};

use super::*;

const NAME: (Shelf, &str) = (Shelf::Attachments, "0f4e");

/// A folder of a test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("frontdesk_files_{name}_{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Every file in it, whatever it is called.
    fn files(&self) -> usize {
        let mut folders = vec![self.0.clone()];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() { folders.push(entry.path()) } else { count += 1 }
            }
        }
        count
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

fn chunks(length: usize) -> impl Stream<Item = Result<Bytes, Infallible>> + Unpin {
    stream::iter((0..length).step_by(60_000).map(move |at| Ok(Bytes::from(vec![b'x'; 60_000.min(length - at)]))))
}

async fn bytes(files: &Files, range: Option<Range<u64>>) -> Vec<u8> {
    let stream = files.read(NAME, range).await.unwrap().expect("the file is there");
    stream.map_ok(|it| it.to_vec()).try_concat().await.unwrap()
}

#[tokio::test]
async fn what_was_kept_is_read_again_whole_and_in_ranges() {
    let folder = Folder::new("kept");
    let files = Files::in_directory(&folder.0).unwrap();
    let coming = stream::iter([b"hello ".as_slice(), b"wor", b"ld"].map(|it| Ok::<_, Infallible>(Bytes::from(it))));
    let kept = files.keep(NAME, coming, (11, Some("text/plain"))).await.unwrap();
    assert_eq!((kept.byte_size, kept.content_type.as_str(), kept.dimensions), (11, "text/plain", None));
    assert_eq!(kept.sha256, URL_SAFE_NO_PAD.encode(Sha256::digest(b"hello world")));
    assert_eq!(bytes(&files, None).await, b"hello world");
    assert_eq!(bytes(&files, Some(6..9)).await, b"wor");
    let names: Vec<_> = files.names(Shelf::Attachments, i64::MAX).try_collect().await.unwrap();
    assert_eq!(names, ["0f4e"]);
    assert!(files.names(Shelf::Attachments, 0).try_collect::<Vec<_>>().await.unwrap().is_empty());
    for _ in 0..2 {
        files.delete(NAME).await.unwrap();
    }
    assert!(files.read(NAME, None).await.unwrap().is_none());
    assert_eq!(folder.files(), 0);
}

#[tokio::test]
async fn a_file_of_many_parts_is_whole_and_one_byte_too_many_leaves_nothing() {
    let folder = Folder::new("limit");
    let files = Files::in_directory(&folder.0).unwrap();
    let length = 3 * PART_BYTES + 7;
    let limit = length as u64;
    assert!(matches!(files.keep(NAME, chunks(length + 1), (limit, None)).await, Err(NotKept::TooLarge)));
    assert!(matches!(files.keep(NAME, chunks(0), (limit, None)).await, Err(NotKept::Empty)));
    assert_eq!(folder.files(), 0);
    files.keep(NAME, chunks(length), (limit, None)).await.unwrap();
    assert_eq!(bytes(&files, None).await.len(), length);
}

#[tokio::test]
async fn a_sender_who_breaks_off_leaves_nothing() {
    let folder = Folder::new("broken");
    let files = Files::in_directory(&folder.0).unwrap();
    let coming = stream::iter([Ok(Bytes::from(vec![0; PART_BYTES])), Err("gone")]);
    assert!(matches!(files.keep(NAME, coming, (u64::MAX, None)).await, Err(NotKept::Broken("gone"))));
    assert_eq!(folder.files(), 0);
}

#[tokio::test]
async fn the_beginning_that_a_crash_left_goes_with_its_name() {
    let folder = Folder::new("crash");
    let files = Files::in_directory(&folder.0).unwrap();
    let mut upload = files.store.put_multipart(&NAME.0.path(NAME.1)).await.unwrap();
    upload.put_part(vec![1, 2, 3].into()).await.unwrap();
    // As a crash does: nobody cleans up.
    std::mem::forget(upload);
    assert_eq!(folder.files(), 1);
    files.delete(NAME).await.unwrap();
    assert_eq!(folder.files(), 0);
}

#[tokio::test]
async fn a_store_that_cannot_be_written_keeps_nothing_and_says_so() {
    let folder = Folder::new("full");
    let files = Files::in_directory(&folder.0).unwrap();
    // Where the shelf would be there is a file: nothing can be written below it.
    std::fs::write(folder.0.join(FOLDER).join("attachments"), b"").unwrap();
    assert!(matches!(files.keep(NAME, chunks(10), (10, None)).await, Err(NotKept::Storage(_))));
    assert_eq!(folder.files(), 1);
}
