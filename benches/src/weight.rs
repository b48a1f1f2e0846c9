//! What the list page weighs on the wire, with everything it names.

use std::{collections::BTreeSet, net::SocketAddr};

use crate::{
    Result,
    client::Client,
    report::{absolute, head},
};

/// The header of a browser that takes packed answers.
pub const PACKED: &str = "Accept-Encoding: gzip\r\n";

/// Weighs the list page with everything it names, cold and warm.
///
/// # Errors
/// When it does not answer.
pub fn weigh(address: SocketAddr, session: &str) -> Result<()> {
    let mut client = Client::open(address)?;
    let headers = format!("{PACKED}{session}");
    let page = client.get("/relationships", &headers)?;
    if page.status != 200 {
        return Err(format!("the list page answered {}", page.status).into());
    }
    let text = page.text()?;
    let named: BTreeSet<&str> = text
        .split(['"', '\''])
        .filter(|part| {
            part.starts_with("/assets/")
                || part.ends_with(".css")
                || part.ends_with(".js")
                || part.ends_with(".woff2")
                || part.ends_with(".svg")
        })
        .collect();
    let (mut cold, mut warm, mut asked) = (page.bytes, page.bytes, 1);
    println!();
    for path in &named {
        let asset = client.get(path, PACKED)?;
        println!("- {path}: {} bytes, status {}", asset.bytes, asset.status);
        cold += asset.bytes;
        warm += if asset.head.contains("immutable") { 0 } else { asset.bytes };
        asked += usize::from(asset.head.contains("immutable"));
    }
    println!("- the page itself: {} bytes, {} unpacked", page.bytes, text.len());
    head("The list page, 50 rows", "KB or requests");
    absolute("cold, KB on the wire (P12)", cold as f64 / 1_000.0, 60.0);
    absolute("cold, requests (P12)", (named.len() + 1) as f64, 5.0);
    absolute("warm, KB on the wire (P13)", warm as f64 / 1_000.0, 12.0);
    absolute("warm, requests (P13)", (1 + named.len() + 1 - asked) as f64, 2.0);
    Ok(())
}
