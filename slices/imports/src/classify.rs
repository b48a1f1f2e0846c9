//! What the rows of a table are: told from the names of its columns, with the reason.

use std::collections::BTreeSet;

use crate::{Target, vocabulary::folded};

/// A sign by which a target is known: of each list at least one column is there.
struct Sign {
    target: Target,
    all: &'static [&'static str],
    because: &'static str,
}

/// The first sign that fits decides. What is no sign here is told apart by dates and amounts.
const SIGNS: &[Sign] = &[
    Sign {
        target: Target::ConversationsRecord,
        all: &["ticketid ticketnumber ticketno caseid casenumber conversationid"],
        because: "its columns number tickets or conversations",
    },
    Sign {
        target: Target::SubscriptionsRecord,
        all: &[
            "subscriptionid subscription mrramount mrr monthlycharges monthlyfee monthlyprice",
            "startdate start begindate tenure",
        ],
        because: "its columns tell when subscriptions began, and number them or tell an amount a month",
    },
    Sign {
        target: Target::ContractsRecord,
        all: &["contractid contractnumber contractno", "startdate start begindate effectivedate signeddate"],
        because: "its columns number contracts and tell when they begin",
    },
    Sign {
        target: Target::WorkRecord,
        all: &[
            "hours duration durationh durationdecimal timespent hoursspent stunden dauer",
            "client project customer kunde projekt",
            "user firstname employee person",
        ],
        because: "its columns tell who spent how long for whom",
    },
    Sign {
        target: Target::UsageRecord,
        all: &["usageid usagecount usagedate featurename"],
        because: "its columns tell what was used",
    },
];

/// What the names of the columns alone speak for, and why; nothing where they speak for no target.
pub(crate) fn by_sign(names: &[String]) -> Option<(Target, &'static str)> {
    let columns: BTreeSet<String> = names.iter().map(|name| folded(name)).collect();
    let has = |words: &&str| words.split(' ').any(|word| columns.contains(word));
    SIGNS.iter().find(|sign| sign.all.iter().all(has)).map(|sign| (sign.target, sign.because))
}

/// What a table is that tells no order: neither a date nor an amount of one.
pub(crate) fn without_orders(names: &[String]) -> Option<(Target, &'static str)> {
    let columns: BTreeSet<String> = names.iter().map(|name| folded(name)).collect();
    let has = |words: &str| words.split(' ').any(|word| columns.contains(word));
    let named =
        has("name companyname accountname clientname customername company client organization firma kunde \
                     fullname firstname lastname surname vorname nachname contactname");
    let place = has(
        "city address street address1 zip postalcode postcode phone email country website state ort plz \
                     emailaddress mobilephone phonenumber telefon industry",
    );
    let of_a_firm = has("accountid companyid organizationid organisationid companyname accountname company");
    let named_apart = has("firstname lastname surname vorname nachname contactname");
    let acts = (has("jobtitle contacttitle") && of_a_firm)
        || (has("contactid personid")
            && has("accountid companyid organizationid organisationid customerid clientid"))
        || (named_apart
            && has("companyid organizationid organisationid")
            && has("role contactrole email phone emailaddress id"));
    let priced = has("sku productkey productid productsku") && has("price listprice productprice unitprice");
    let rated = has("nps npsscore csat rating score satisfactionscore stars bewertung");
    // Who has a number among employees and a superior works for us.
    let is_staff = has("employeenumber employeeid") && has("managerid manager reportsto");
    match () {
        () if is_staff => None,
        () if priced => Some((Target::ProductsRecord, "its columns number articles and tell their prices")),
        () if acts => Some((Target::ContactsRecord, "its columns tell of people and for whom they act")),
        () if named && place => {
            Some((Target::AccountsRecord, "its columns tell names and how to reach them, and no amount"))
        }
        () if rated => Some((Target::FeedbackRecord, "its columns tell a rating and no amount")),
        () => None,
    }
}

/// Why a table is taken to be what it is.
pub(crate) fn because(names: &[String], target: Target) -> Option<&'static str> {
    let told = [by_sign(names), without_orders(names)];
    told.into_iter().flatten().find(|(known, _)| *known == target).map(|(_, because)| because)
}
