//! How much may come out of a packed file: more than any table, and less than fills a disk.

use std::io;

/// So much comes out of any file without a question.
pub(crate) const ALWAYS: u64 = 256 << 20;

/// Beyond [`ALWAYS`], how many bytes may come out of each that went in. Tables pack to a tenth, repetitive ones to a
/// hundredth; what packs better was made to burst.
pub(crate) const MOST_FOR_EACH: u64 = 200;

/// No file gives more than this.
pub(crate) const MOST: u64 = 64 << 30;

/// Refuses to go on where more came out of a file of `packed` bytes than a table would give.
pub(crate) fn check(packed: u64, out: u64) -> io::Result<()> {
    if out <= ALWAYS || (out <= MOST && out <= packed.saturating_mul(MOST_FOR_EACH)) {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::FileTooLarge, "it unpacks to far more than it holds"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_passes_and_a_bomb_does_not() {
        assert!(check(10, ALWAYS).is_ok());
        assert!(check(100 << 20, 2 << 30).is_ok());
        assert!(check(1 << 20, ALWAYS + 1).is_err());
        assert!(check(MOST, MOST + 1).is_err());
    }
}
