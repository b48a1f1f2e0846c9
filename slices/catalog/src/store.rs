//! The tables of the catalogue: products, and what was said of them.

pub mod finding;

use std::collections::HashMap;

use kernel::{Currency, Money, Problem, Result};
use speech::say;
use store::{Column, ColumnKind, DataClass, Row, Table, Tx, Value, dialect};
use timeline::{LineId, fact::Offer};

use crate::product::{Described, Product, ProductId};

/// The products, as all that was said of each comes to.
pub const PRODUCT: Table = Table {
    name: "product",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("product") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "product_key", kind: ColumnKind::Text },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "name_key", kind: ColumnKind::Text },
        Column { name: "offer", kind: ColumnKind::Text },
        Column { name: "custom_scope", kind: ColumnKind::Int },
        Column { name: "custom_price", kind: ColumnKind::Int },
        Column { name: "price", kind: ColumnKind::Amount },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "category", kind: ColumnKind::Text },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

/// What was said of them, one statement after the other.
pub const PRODUCT_SAID: Table = Table {
    name: "product_said",
    columns: &[
        Column { name: "product", kind: ColumnKind::Ref("product") },
        Column { name: "n", kind: ColumnKind::Int },
        Column { name: "body", kind: ColumnKind::Text },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
        Column { name: "said_by", kind: ColumnKind::Origin },
        Column { name: "said_at", kind: ColumnKind::Clock },
    ],
    key: &["product", "n"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

/// A statement as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What was said.
    pub said: Described,
    /// The import that said it; 0 by hand.
    pub run: i64,
    /// The record in its file.
    pub row: i64,
    /// Who said it by hand; 0 for a file, and for the house.
    pub by: i64,
    /// When, in microseconds; 0 where that was not kept.
    pub at: i64,
}

/// A product with all that was said of it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// As it is stored.
    pub product: Product,
    /// What was said, in its order.
    pub statements: Vec<Statement>,
}

const HEAD: &str = "id, line, product_key, name, offer, custom_scope, custom_price, price, currency, run, name_key, category";

/// The products of a line under these keys.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, line: LineId, keys: &[&str]) -> Result<HashMap<String, Whole>> {
    let mut found = Vec::new();
    for group in keys.chunks(256) {
        let (marks, values) = dialect::list(&[line.into()], group.iter().copied());
        let sql = format!("SELECT {HEAD} FROM product WHERE line = ?1 AND product_key IN ({marks})");
        found.extend(tx.query(&sql, &values, head)?);
    }
    let whole = with_statements(tx, found)?;
    Ok(whole.into_iter().map(|whole| (whole.product.key.clone(), whole)).collect())
}

/// These products with all that was said of them, by their numbers; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn whole(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Whole>> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    let found =
        tx.query(&format!("SELECT {HEAD} FROM product WHERE id IN ({marks}) ORDER BY id"), &values, head)?;
    with_statements(tx, found)
}

fn with_statements(tx: &mut Tx<'_>, found: Vec<Product>) -> Result<Vec<Whole>> {
    let mut by_id: HashMap<i64, Vec<Statement>> = HashMap::new();
    for group in found.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().map(|product| product.id));
        let sql = format!(
            "SELECT product, body, run, row, said_by, said_at FROM product_said WHERE product IN ({marks})
             ORDER BY product, n"
        );
        tx.for_each(&sql, &values, |row| {
            let said = serde_json::from_str(row.text(1)?).map_err(|cause| {
                Problem::internal("catalog.body", "a product cannot be read by this version").because(cause)
            })?;
            let statement =
                Statement { said, run: row.int(2)?, row: row.int(3)?, by: row.int(4)?, at: row.int(5)? };
            by_id.entry(row.int(0)?).or_default().push(statement);
            Ok(())
        })?;
    }
    let whole =
        |product: Product| Whole { statements: by_id.remove(&product.id.0).unwrap_or_default(), product };
    Ok(found.into_iter().map(whole).collect())
}

fn head(row: &Row<'_>) -> Result<Product> {
    let currency = Some(row.text(8)?).filter(|code| !code.is_empty()).map(Currency::parse).transpose()?;
    let price = row.opt_int(7)?.zip(currency).map(|(price, currency)| Money::new(price, currency).decimal());
    let text = |column: usize| Ok::<_, Problem>(Some(row.string(column)?).filter(|text| !text.is_empty()));
    Ok(Product {
        id: row.id(0)?,
        line: row.id(1)?,
        key: row.string(2)?,
        known: Described {
            name: text(3)?,
            category: text(11)?,
            offer: Offer::parse(row.text(4)?),
            custom_scope: Some(row.bool(5)?),
            custom_price: Some(row.bool(6)?),
            price,
            currency,
        },
        run: row.int(9)?,
    })
}

/// What names are sorted and searched by.
pub fn name_key(known: &Described, key: &str) -> String {
    spelled(known.name.as_deref().unwrap_or(key))
}

/// A name as it is sorted and searched.
fn spelled(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Writes products with all that was said of them, instead of what stood there before.
///
/// # Errors
/// `store.conflict` when another import wrote the same product meanwhile.
pub fn write(tx: &mut Tx<'_>, products: &[Whole]) -> Result<()> {
    let ids: Vec<i64> = products.iter().map(|whole| whole.product.id.0).collect();
    ids.chunks(256).try_for_each(|group| remove(tx, group))?;
    let keys: Vec<_> =
        products.iter().map(|whole| name_key(&whole.product.known, &whole.product.key)).collect();
    tx.insert_all(&PRODUCT, products.iter().zip(&keys).map(|(whole, key)| product_row(&whole.product, key)))?;
    let bodies: Vec<Vec<String>> =
        products.iter().map(|whole| whole.statements.iter().map(|one| body(&one.said)).collect()).collect();
    let rows = products.iter().zip(&bodies).flat_map(|(whole, bodies)| {
        whole.statements.iter().zip(bodies).zip(1i64..).map(|((one, body), n)| {
            [
                whole.product.id.into(),
                n.into(),
                body.into(),
                one.run.into(),
                one.row.into(),
                one.by.into(),
                one.at.into(),
            ]
        })
    });
    tx.insert_all(&PRODUCT_SAID, rows).map(drop)
}

fn product_row<'v>(product: &'v Product, key: &'v str) -> [Value<'v>; 12] {
    let known = &product.known;
    [
        product.id.into(),
        product.line.into(),
        (&product.key).into(),
        known.name.as_deref().unwrap_or_default().into(),
        key.into(),
        known.offer.map_or("", Offer::as_str).into(),
        known.custom_scope.unwrap_or(false).into(),
        known.custom_price.unwrap_or(false).into(),
        known.list_price().map(|money| money.amount).into(),
        known.currency.map_or("", Currency::code).into(),
        product.run.into(),
        known.category.as_deref().unwrap_or_default().into(),
    ]
}

fn body(said: &Described) -> String {
    serde_json::to_string(said).unwrap_or_default()
}

/// Removes products with all that was said of them; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    tx.execute(&format!("DELETE FROM product_said WHERE product IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM product WHERE id IN ({marks})"), &values).map(drop)
}

/// A page of the catalogue by name, beginning after a name and a number: of products of which each of these words stands in
/// the name or the number. The catalogue is walked by name until the page is full.
///
/// # Errors
/// `store.statement`.
pub fn list(
    tx: &mut Tx<'_>,
    line: Option<LineId>,
    offer: &str,
    words: &[String],
    after: &(String, i64),
    limit: i64,
) -> Result<Vec<Product>> {
    let (having, patterns) = holding(words, 6);
    let sql = format!(
        "SELECT {HEAD} FROM product
         WHERE (name_key > ?1 OR (name_key = ?1 AND id > ?2)) AND (?3 = 0 OR line = ?3) AND (?4 = '' OR offer = ?4){having}
         ORDER BY name_key, id LIMIT ?5"
    );
    let line = line.map_or(0, |line| line.0);
    let mut values: Vec<Value<'_>> =
        vec![(&after.0).into(), after.1.into(), line.into(), offer.into(), limit.into()];
    values.extend(patterns.iter().map(Value::from));
    tx.query(&sql, &values, head)
}

/// That each of these words stands in the name or the number: a condition with two parameters a word, from that number on,
/// and their values.
fn holding(words: &[String], first: usize) -> (String, Vec<String>) {
    // Both engines lower the letters of a number that ASCII has, and no others.
    let forms = |word: &String| [word.to_lowercase(), word.to_ascii_lowercase()];
    let patterns = words.iter().flat_map(forms).map(|word| format!("%{}%", plain(&word))).collect();
    let has = |at: usize| {
        let (name, number) = (first + 2 * at, first + 2 * at + 1);
        format!(" AND (name_key LIKE ?{name} ESCAPE '!' OR LOWER(product_key) LIKE ?{number} ESCAPE '!')")
    };
    ((0..words.len()).map(has).collect(), patterns)
}

/// A word of which no letter stands for others.
fn plain(word: &str) -> String {
    word.chars().flat_map(|one| ['!'].into_iter().filter(move |_| "!%_".contains(one)).chain([one])).collect()
}

/// A product by its id.
///
/// # Errors
/// `catalog.no_product`.
pub fn one(tx: &mut Tx<'_>, id: ProductId) -> Result<Product> {
    let found = tx.first(&format!("SELECT {HEAD} FROM product WHERE id = ?1"), &[id.into()], head)?;
    found.ok_or_else(|| Problem::not_found("catalog.no_product", say!("there is no such product")))
}

/// Whether a product stands on a line.
///
/// # Errors
/// `store.statement`.
pub fn is_used(tx: &mut Tx<'_>, line: LineId) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM product WHERE line = ?1 LIMIT 1", &[line.into()], |row| row.int(0))?.is_some())
}
