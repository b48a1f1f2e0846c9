//! What the slices say of their tables is what the tables are: a column that is not described is lost by an export.

use std::collections::BTreeSet;

use mainstay::{
    config::{self, Settings},
    slices,
};
use store::{Location, archive};
use testkit::Bench;

#[test]
fn every_table_is_described_with_all_its_columns() {
    for bench in Bench::all() {
        let folder = tempfile::tempdir().unwrap();
        let database = match &bench.location {
            Location::File(_) => None,
            Location::Server(url) => Some(url.clone()),
        };
        let open = config::open(&Settings { data: folder.path().to_owned(), database }).unwrap();
        let cx = open.house.context();
        let tables: Vec<_> = slices::tables(&open.slices).into_iter().chain(archive::OWN).collect();
        assert!(30 < tables.len(), "{} tables", tables.len());
        for table in tables {
            let there: BTreeSet<String> =
                open.house.store.read(&cx, |tx| archive::columns(tx, table)).unwrap().into_iter().collect();
            let described: BTreeSet<String> =
                table.columns.iter().map(|column| column.name.to_owned()).collect();
            assert_eq!(described, there, "{} on {}", table.name, bench.engine());
        }
    }
}
