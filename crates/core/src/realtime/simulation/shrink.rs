//! Makes a failing list short by leaving out chunks, then single entries, then pairs (delta debugging). Entries are
//! never changed.

/// Trying all pairs of a longer list takes too long.
const PAIRS_AMONG_MAX: usize = 60;

/// Leaves out what is not needed for `fails`; the result fails, and neither one entry nor (of a short list) two can be
/// left out of it: what only belongs together, such as a resolve and its reopening, goes together.
pub(super) fn shrink<T: Copy>(list: Vec<T>, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut list = without_chunks(list, &mut fails);
    while let Some(shorter) = without_a_pair(&list, &mut fails) {
        list = without_chunks(shorter, &mut fails);
    }
    list
}

fn without_a_pair<T: Copy>(list: &[T], fails: &mut impl FnMut(&[T]) -> bool) -> Option<Vec<T>> {
    if list.len() > PAIRS_AMONG_MAX {
        return None;
    }
    let pairs = (0..list.len()).flat_map(|first| (first + 1..list.len()).map(move |second| (first, second)));
    let without = |(first, second)| {
        let kept = list.iter().enumerate().filter(|(index, _)| *index != first && *index != second);
        kept.map(|(_, it)| *it).collect::<Vec<_>>()
    };
    pairs.map(without).find(|shorter| fails(shorter))
}

fn without_chunks<T: Copy>(mut list: Vec<T>, fails: &mut impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut chunk = (list.len() / 2).max(1);
    loop {
        let before = list.len();
        let mut from = 0;
        while from < list.len() {
            let until = (from + chunk).min(list.len());
            let without = list[..from].iter().chain(&list[until..]).copied().collect::<Vec<_>>();
            // On success the next chunk has moved to where this one stood.
            if fails(&without) { list = without } else { from = until }
        }
        if chunk == 1 && list.len() == before {
            return list;
        }
        chunk = (chunk / 2).max(1);
    }
}
