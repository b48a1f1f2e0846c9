//! Which pairs are compared at all: those that have a key in common that not too many records have.

use super::{column::Records, kind::Kind};

/// Records by the keys that they have in common.
#[derive(Clone, Debug)]
pub struct Blocks {
    /// Key and record, sorted; only of keys that two records have, and not more than `most`.
    keyed: Vec<(u64, u32)>,
    /// A record of at most so many is looked for among those with its key.
    pub most: usize,
}

/// Pairs per record that are worth comparing, and pairs that are compared whatever the records.
const PER_RECORD: u64 = 100;
const ALWAYS: u64 = 2_000_000;
/// The sizes of blocks that are tried, the most complete first.
const SIZES: [usize; 7] = [1_000, 500, 200, 100, 50, 20, 10];

impl Blocks {
    /// Blocks of records by key sets of their own making: key and record.
    ///
    /// The largest blocks are taken with which no more than a hundred pairs per record (or two million) are compared.
    pub fn new(mut keyed: Vec<(u64, u32)>, records: usize) -> Blocks {
        keyed.sort_unstable();
        keyed.dedup();
        let budget = ALWAYS.max(PER_RECORD * records as u64);
        let pairs = |most: usize| -> u64 {
            let sizes = keyed.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len).filter(|size| *size <= most);
            sizes.map(|size| (size * (size - 1) / 2) as u64).sum()
        };
        let most = SIZES.into_iter().find(|most| pairs(*most) <= budget).unwrap_or(2);
        let kept = keyed.chunk_by(|a, b| a.0 == b.0).filter(|block| (2..=most).contains(&block.len()));
        let keyed = kept.flatten().copied().collect();
        Blocks { keyed, most }
    }

    /// Blocks by what stands in the columns: words, codes, days and addresses as they are, of texts each word, and the
    /// beginnings of two words of different columns together.
    pub fn of(records: &Records) -> Blocks {
        let keyed = (0..records.count).flat_map(|record| {
            let number = u32::try_from(record).unwrap_or(u32::MAX);
            keys(records, record).into_iter().map(move |key| (key, number))
        });
        Blocks::new(keyed.collect(), records.count)
    }

    /// The pairs, each once and the lower record first; in ascending order.
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for block in self.keyed.chunk_by(|a, b| a.0 == b.0) {
            for (n, (_, left)) in block.iter().enumerate() {
                pairs.extend(block[n + 1..].iter().map(|(_, right)| (*left, *right)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// The keys of a record.
fn keys(records: &Records, record: usize) -> Vec<u64> {
    let (mut keys, mut heads) = (Vec::new(), Vec::new());
    for (n, column) in records.columns.iter().enumerate() {
        let Some(value) = column.value(record) else { continue };
        match column.kind {
            Kind::Text | Kind::Marks => {
                let rare = column.words.rare(&value.bag, 1_000);
                keys.extend(rare.map(|word| hash(n, &[&word.to_le_bytes()])));
            }
            Kind::Number => (),
            Kind::Email => {
                let name = value.text.split('@').next().unwrap_or_default();
                keys.push(hash(n, &[name.as_bytes()]));
            }
            Kind::Word | Kind::Code | Kind::Day => {
                // Words that are mixed up between two columns meet under the lower one.
                let under = records.twins[n].map_or(n, |twin| twin.min(n));
                keys.push(hash(under, &[value.text.as_bytes()]));
            }
        }
        if matches!(column.kind, Kind::Word | Kind::Text | Kind::Day) {
            let bytes = value.text.as_bytes();
            heads.push((n, &bytes[..bytes.len().min(4)]));
        }
    }
    for (at, (n, head)) in heads.iter().enumerate() {
        keys.extend(heads[at + 1..].iter().map(|(m, other)| hash(1_000 + n * 100 + m, &[head, &[0], other])));
    }
    keys
}

/// FNV-1a over the number of a rule and the bytes of its values.
fn hash(rule: usize, parts: &[&[u8]]) -> u64 {
    let bytes = rule.to_le_bytes().into_iter().chain(parts.iter().flat_map(|part| part.iter().copied()));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
