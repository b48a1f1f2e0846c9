//! Our own block allocator of ids: one row per noun, advanced in the transaction that uses the ids.

use kernel::Result;

use crate::Tx;

/// An unbroken range of new ids.
#[derive(Debug)]
pub struct Block {
    next: i64,
    end: i64,
}

impl Iterator for Block {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        (self.next < self.end).then(|| {
            self.next += 1;
            self.next - 1
        })
    }
}

impl Block {
    /// The first id of the block.
    pub fn first(&self) -> i64 {
        self.next
    }
}

/// Takes `count` ids; the first id of a noun is 1.
pub(crate) fn allocate(tx: &mut Tx<'_>, noun: &str, count: i64) -> Result<Block> {
    let sql = "INSERT INTO id_block (noun, next) VALUES (?1, 1 + ?2)
               ON CONFLICT (noun) DO UPDATE SET next = id_block.next + ?2 RETURNING next";
    let next = tx.first(sql, &[noun.into(), count.into()], |row| row.int(0))?.unwrap_or(count + 1);
    Ok(Block { next: next - count, end: next })
}
