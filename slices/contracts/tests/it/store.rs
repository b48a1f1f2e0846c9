//! What somebody with the database in their hands does.

use store::Store;

/// Takes the words of all contracts away, as a house had none before there were any.
pub fn forget_words(store: &Store) {
    let cx = testkit::at(super::DAY);
    store.write(&cx, |tx| tx.execute("DELETE FROM contract_word", &[]).map(drop)).unwrap();
}
