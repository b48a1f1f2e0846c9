//! The words that real exports use for what we mean, and the article numbers that are no articles.

mod more;

pub(crate) use self::more::meaning_for;
use crate::Meaning;

/// The meaning of a column called so, and how sure the name alone makes us, 0 to 100.
///
/// `names` are the other columns: a shop system is recognised by its company, and `Name` means the order there.
pub(crate) fn meaning_of(header: &str, names: &[String]) -> Option<(Meaning, u8)> {
    let word = folded(header);
    if word == "name" && names.iter().any(|name| folded(name) == "lineitemquantity") {
        return Some((Meaning::OrderNumber, 95));
    }
    WORDS.iter().find_map(|(meaning, words)| {
        let rank = words.split(' ').position(|known| known == word)?;
        let less = u8::try_from(rank).unwrap_or(u8::MAX).min(25);
        Some((*meaning, 95 - less))
    })
}

/// A header without case, blanks and marks: `*InvoiceNumber`, `Invoice No.` and `invoice_no` lose what differs.
pub(crate) fn folded(header: &str) -> String {
    header.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether an article number is usually postage, a fee, a sample or a voucher.
pub(crate) fn is_fee(sku: &str) -> bool {
    FEES.contains(&sku) || FEE_PREFIXES.iter().any(|prefix| sku.starts_with(prefix))
}

/// Article numbers that are fees, in the case in which they are.
pub(crate) const FEES: &[&str] = &[
    "POST",
    "DOT",
    "M",
    "m",
    "C2",
    "D",
    "S",
    "BANK CHARGES",
    "AMAZONFEE",
    "CRUK",
    "B",
    "PADS",
    "SHIPPING",
    "POSTAGE",
    "FREIGHT",
    "HANDLING",
    "DISCOUNT",
    "VERSAND",
];

/// What fee article numbers begin with.
pub(crate) const FEE_PREFIXES: [&str; 1] = ["gift_"];

/// Words of a status that mean that nothing was sold.
pub(crate) const DEAD_STATUSES: [&str; 12] = [
    "VOIDED",
    "VOID",
    "DELETED",
    "DRAFT",
    "CANCELLED",
    "CANCELED",
    "FAILED",
    "PENDING",
    "UNAVAILABLE",
    "STORNIERT",
    "ENTWURF",
    "ABANDONED",
];

/// What the rows of bookkeeping are called.
pub(crate) const ADJUSTMENTS: [&str; 3] = ["Adjust bad debt", "Bad debt", "Write-off"];

/// The likeliest word first. A word stands under one meaning only.
const WORDS: [(Meaning, &str); 17] = [
    (
        Meaning::OrderNumber,
        "invoiceno orderid ordernumber orderno invoicenumber invoice order orderref ordername \
         salesorder receiptnumber receipt transactionid invoiceid documentnumber bestellnummer \
         rechnungsnummer auftragsnummer belegnummer rechnung bestellung rechnungsnr bestellnr \
         auftragsnr basketid paymentid docnumber id",
    ),
    (
        Meaning::Date,
        "invoicedate orderdate date createdat orderedat saledate purchasedate transactiondate \
         createddate createddateutc createdutc txndate paidat datepaid paymentdate bookingdate \
         issuedate datum bestelldatum rechnungsdatum belegdatum auftragsdatum dateordered \
         transactiontimestamp timestamp day created closedate",
    ),
    (
        Meaning::Sku,
        "stockcode sku lineitemsku itemcode inventoryitemcode productcode articlenumber productid \
         itemid articleno productkey listingid artikelnummer artikelnr artnr productnumber \
         partnumber",
    ),
    (
        Meaning::Description,
        "description lineitemname itemname productname product item article title itemdescription \
         invoicedescription bezeichnung beschreibung artikel produkt artikelbezeichnung service \
         leistung",
    ),
    (
        Meaning::Quantity,
        "quantity lineitemquantity qty orderquantity quantitypurchased units pieces menge anzahl \
         stück stueck count",
    ),
    (
        Meaning::UnitPrice,
        "unitprice lineitemprice unitamount itemprice price priceeach productprice rate \
         einzelpreis preis stückpreis stueckpreis listprice",
    ),
    (
        Meaning::LineAmount,
        "lineamount linetotal amount lineitemtotal extendedprice netamount salesvalue netsales \
         sales revenue value betrag gesamtpreis positionsbetrag umsatz nettobetrag invoiceamount \
         billableamount paymentamount totalprice fee grosssales",
    ),
    (Meaning::Discount, "discount discountrate discountpercent discountshare rabatt rabattsatz"),
    (Meaning::Freight, "freight fracht frachtkosten versandkosten shippingcost"),
    (Meaning::Owner, "salesperson salesrep soldby seller verkäufer verkaeufer"),
    (
        Meaning::OrderTotal,
        "ordertotal subtotal total invoicetotal totalamount grandtotal totalcollected amounttotal \
         nettotal gesamtbetrag rechnungsbetrag summe gesamt totaldue",
    ),
    (
        Meaning::PartyId,
        "customerid clientid accountid customernumber customerno customerkey customercode \
         accountnumber contactid userid buyerid memberid householdid companyid customer \
         kundennummer kundennr kundenid kdnr debitor debitorennummer mandantennummer",
    ),
    (
        Meaning::PartyName,
        "customername clientname contactname companyname accountname billingname billingcompany \
         client company account buyer shipname partyname organization organisation kunde \
         kundenname firma name mandant auftraggeber lobbyistclient organizationname \
         customerfullname fullname",
    ),
    (
        Meaning::Email,
        "email customeremail emailaddress billingemail buyeremail contactemail mail emailadresse workemail businessemail \
         personalemail homeemail otheremail secondaryemail additionalemail alternateemail",
    ),
    (
        Meaning::Country,
        "country billingcountry customercountry shipcountry shippingcountry pocountry countrycode \
         land billingcountrycode",
    ),
    (
        Meaning::Currency,
        "currency currencycode ordercurrency currencyiso transactioncurrency währung waehrung",
    ),
    (Meaning::Status, "status financialstatus orderstatus invoicestatus paymentstatus state zustand"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_headers_are_known_by_their_words() {
        for (header, meaning) in [
            ("InvoiceNo", Meaning::OrderNumber),
            ("*InvoiceNumber", Meaning::OrderNumber),
            ("order-id", Meaning::OrderNumber),
            ("*Quantity", Meaning::Quantity),
            ("Created date (UTC)", Meaning::Date),
            ("Customer Email", Meaning::Email),
            ("Kunden-Nr.", Meaning::PartyId),
            ("Währung", Meaning::Currency),
        ] {
            assert_eq!(meaning_of(header, &[]).map(|(meaning, _)| meaning), Some(meaning), "{header}");
        }
        assert_eq!(meaning_of("Favourite colour", &[]), None);
        let shop = ["Name".to_owned(), "Lineitem quantity".to_owned()];
        assert_eq!(meaning_of("Name", &shop), Some((Meaning::OrderNumber, 95)));
    }

    #[test]
    fn no_word_stands_for_two_meanings() {
        let mut seen = std::collections::HashSet::new();
        for word in WORDS.iter().flat_map(|(_, words)| words.split(' ')) {
            assert!(seen.insert(word), "{word}");
        }
    }
}
