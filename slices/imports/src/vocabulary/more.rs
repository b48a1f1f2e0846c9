//! The words that real exports use for what rows mean that are no orders. A word may stand under several meanings: the
//! target decides, whose meanings are tried in their order.

use super::{WORDS, folded};
use crate::{Meaning, Target};

/// The meaning of a column called so where rows become that, and how sure the name alone makes us, 0 to 100.
pub(crate) fn meaning_for(target: Target, header: &str) -> Option<(Meaning, u8)> {
    let word = folded(header);
    target.meanings().iter().find_map(|meaning| {
        let rank = words_of(*meaning).position(|known| known == word)?;
        let less = u8::try_from(rank).unwrap_or(u8::MAX).min(25);
        Some((*meaning, 95 - less))
    })
}

fn words_of(meaning: Meaning) -> impl Iterator<Item = &'static str> {
    let of = |lists: &'static [(Meaning, &'static str)]| {
        lists.iter().filter(move |(known, _)| *known == meaning).flat_map(|(_, words)| words.split(' '))
    };
    of(MORE).chain(of(&WORDS))
}

/// The likeliest word first.
const MORE: &[(Meaning, &str)] = &[
    (
        Meaning::RecordId,
        "ticketid ticketnumber ticketno caseid casenumber conversationid subscriptionid contractid contractnumber \
         contractno policynumber usageid eventid activityid entryid timeentryid paymentid chargeid responseid surveyid \
         contactid personid dealid opportunityid recordid churneventid number id",
    ),
    (
        Meaning::Date,
        "submittedat openedat startdate usagedate eventdate occurredat activitydate entrydate starteddate datereceived \
         timestamp createddate signupdate surveydate completedat responsedate",
    ),
    (Meaning::PartyKind, "type partytype accounttype customertype recordtype kind"),
    (Meaning::FirstName, "firstname givenname vorname forename fname"),
    (Meaning::LastName, "lastname surname familyname nachname lname"),
    (Meaning::ContactName, "contactname contact fullname name personname displayname"),
    (
        Meaning::Phone,
        "phone phonenumber telephone mobile mobilephone mobilephonenumber clientphone billingphone telefon tel handy \
         cellphone cell workphone businessphone officephone companyphone mainphone companymainphone primaryphone \
         directphone homephone personalphone otherphone carphone",
    ),
    (Meaning::Website, "website web url domain homepage internet"),
    (
        Meaning::Street,
        "street address address1 addressline1 streetaddress billingstreet billingaddress1 clientaddress strasse straße \
         adresse mailingstreet",
    ),
    (Meaning::City, "city town billingcity clientcity mailingcity ort stadt"),
    (Meaning::Region, "region state province county billingstate billingprovince clientstate bundesland"),
    (
        Meaning::Postcode,
        "postcode postalcode zip zipcode billingzip billingpostalcode clientzip plz mailingpostalcode",
    ),
    (Meaning::JobTitle, "jobtitle title contacttitle position occupation"),
    (Meaning::Role, "role contactrole"),
    (
        Meaning::Consent,
        "consent acceptsmarketing acceptsemailmarketing optin optintime subscribed emailoptin",
    ),
    (
        Meaning::Owner,
        "owner accountowner contactowner ownerid agent assignee assignedto user username employee salesrep lobbyist",
    ),
    (Meaning::Offering, "plantier plan planname productname product service project task subject"),
    (Meaning::Start, "startdate start begindate begins effectivedate signeddate currentperiodstart beginn"),
    (Meaning::End, "enddate end ends canceldate cancelledat canceledat endedat expirydate ende"),
    (Meaning::Ended, "churn churned churnflag ended cancelled canceled iscancelled"),
    (Meaning::EndReason, "reasoncode churnreason endreason cancellationreason reason"),
    (Meaning::Term, "contract term contractterm contracttype laufzeit"),
    (Meaning::Months, "tenure months tenuremonths monthssofar"),
    (
        Meaning::Recurring,
        "mrramount mrr monthlycharges monthlyamount monthlyfee monthlyprice recurringamount",
    ),
    (Meaning::Cycle, "billingfrequency billingcycle billingperiod interval planinterval"),
    (Meaning::Trial, "istrial trial"),
    (Meaning::AutoRenew, "autorenewflag autorenew autorenewal renews"),
    (Meaning::Seats, "seats licenses licences quantity"),
    (Meaning::Category, "category categoryname productcategory department kategorie warengruppe"),
    (Meaning::OfferKind, "offer offerkind producttype"),
    (Meaning::Due, "duedate due paymentdue fälligkeit faelligkeit fällig"),
    (Meaning::PaidOn, "fullypaidondate paidon paidat datepaid paiddate bezahltam"),
    (Meaning::Tax, "totaltax tax taxamount vat mwst steuer"),
    (Meaning::AmountDue, "amountdue balance outstanding outstandingbalance offen"),
    (Meaning::Fee, "fee fees stripefee processingfee"),
    (Meaning::Refunded, "amountrefunded refundedamount refunded refundamountusd refundamount"),
    (Meaning::Method, "paymentmethod method paymentsourcetype paymenttype zahlungsart"),
    (Meaning::DocumentType, "type documenttype invoicetype"),
    (Meaning::Invoice, "invoiceid invoicenumber invoice rechnungsnummer"),
    (Meaning::Topic, "topic category reason tickettype casetype theme thema"),
    (Meaning::StartedBy, "startedby direction initiatedby richtung"),
    (
        Meaning::Rating,
        "satisfactionscore csat rating score stars nps npsscore satisfaction satisfactionrating bewertung",
    ),
    (Meaning::Comment, "feedbacktext comment comments feedback answer text kommentar"),
    (Meaning::Hours, "hours durationdecimal hoursspent quantityhours stunden"),
    (Meaning::Minutes, "minutes durationminutes usagedurationminutes minuten"),
    (Meaning::Duration, "duration durationh timespent dauer"),
    (Meaning::Users, "users activeusers"),
    (Meaning::Features, "featuresused features"),
    (Meaning::FeaturesAvailable, "featuresavailable"),
    (Meaning::Stage, "dealstage stage stagename opportunitystage lifecyclestage phase"),
    (Meaning::Stakeholders, "stakeholders"),
    (Meaning::Wants, "wants preference"),
];
