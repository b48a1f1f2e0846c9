//! Words by which the name of a party tells what kind of party it is; each list in alphabetical order.

/// Forms of companies.
#[rustfmt::skip]
pub(super) const LEGAL: &[&str] = &[
    "ab", "ag", "aps", "as", "bv", "chartered", "cic", "co", "company", "coop", "cooperative", "corp",
    "corporation", "cv", "eurl", "fsb", "gmbh", "inc", "incorporated", "kg", "kk", "lda", "limited", "llc",
    "lllp", "llp", "lp", "ltd", "ltda", "na", "nv", "ohg", "oy", "pc", "plc", "pllc", "pte", "pty", "sa",
    "sarl", "sas", "sl", "spa", "srl", "ug",
];

/// Words of trades, bodies and places that people are not called.
#[rustfmt::skip]
pub(super) const TRADE: &[&str] = &[
    "academy", "accounting", "advertising", "advisors", "agency", "air", "airlines", "alliance", "america",
    "american", "antiques", "apartment", "apartments", "architects", "asphalt", "assn", "assoc", "associates",
    "association", "athletic", "auto", "automotive", "autos", "bakery", "bank", "bankers", "bar", "barber",
    "basilica", "beauty", "bistro", "board", "books", "boutique", "brokerage", "bros", "brothers", "builders",
    "building", "bureau", "business", "cab", "cabinet", "cafe", "campaign", "capital", "care", "carpet",
    "casino", "catering", "cell", "center", "centers", "centre", "charity", "chicago", "children", "church",
    "citizens", "city", "cleaners", "cleaning", "clinic", "clothing", "club", "coalition", "coffee", "college",
    "commerce", "committee", "communications", "community", "computer", "computers", "concepts", "concrete",
    "conference", "congress", "construction", "consultants", "consulting", "contracting", "contractors",
    "convenience", "convent", "council", "county", "credit", "custom", "dairy", "dance", "daycare", "deli",
    "delivery", "democratic", "dental", "dentistry", "department", "design", "designs", "development", "direct",
    "discount", "distribution", "distributors", "district", "division", "dollar", "elect", "electric",
    "electrical", "electronics", "employees", "energy", "engineering", "enterprise", "enterprises",
    "entertainment", "environmental", "equipment", "estate", "europe", "event", "events", "exchange", "express",
    "family", "fashion", "fashions", "federal", "federation", "films", "finance", "financial", "fire",
    "fitness", "flowers", "food", "foods", "for", "foundation", "friends", "fund", "furniture", "gallery",
    "garage", "garden", "gas", "general", "gifts", "global", "graphics", "grill", "grocery", "group", "hair",
    "hardware", "health", "heating", "holding", "holdings", "home", "homes", "hospital", "hospitality", "hotel",
    "house", "housing", "hvac", "implement", "imports", "incorporated", "industrial", "industries", "inn",
    "institute", "insurance", "interiors", "international", "investment", "investments", "jewelers", "jewelry",
    "kitchen", "lab", "labor", "laboratories", "laboratory", "labs", "landscaping", "laundromat", "laundry",
    "law", "league", "learning", "library", "limo", "limousine", "liquor", "liquors", "living", "local",
    "logistics", "lounge", "machine", "machinery", "maintenance", "management", "manufacturing", "marine",
    "market", "marketing", "markets", "mart", "media", "medical", "metal", "mgmt", "ministries", "mobile",
    "mortgage", "motor", "motors", "moving", "museum", "music", "nails", "national", "network", "north",
    "northern", "nursery", "of", "office", "oil", "online", "organization", "pac", "packers", "painting",
    "paper", "parking", "partners", "partnership", "party", "pharmacy", "photo", "photography", "pizza",
    "plumbing", "police", "political", "post", "power", "press", "printing", "production", "productions",
    "products", "professional", "program", "project", "properties", "property", "pub", "public", "publishing",
    "radio", "railroad", "realty", "recycling", "regional", "remodeling", "rental", "rentals", "repair",
    "republican", "research", "resources", "restaurant", "retail", "roofing", "sales", "salon", "savings",
    "school", "schools", "science", "security", "senate", "service", "services", "shoes", "shop", "shops",
    "signs", "society", "software", "solutions", "source", "south", "spa", "sports", "state", "station",
    "steel", "storage", "store", "stores", "studio", "studios", "supplies", "supply", "support", "system",
    "systems", "taqueria", "tavern", "taxi", "team", "tech", "technologies", "technology", "telecom",
    "television", "the", "theater", "theatre", "tire", "tobacco", "tools", "tours", "towing", "town", "toys",
    "trade", "trading", "training", "transport", "transportation", "travel", "trucking", "trust", "union",
    "united", "university", "us", "usa", "utilities", "vending", "ventures", "victory", "video", "village",
    "wash", "water", "wear", "welding", "wholesale", "wine", "wireless", "women", "workers", "works",
    "workshop", "world", "young", "youth",
];

/// What stands before the name of a person.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "capt", "col", "doctor", "dr", "fr", "frau", "gen", "herr", "hon", "honorable", "judge", "lt", "madam",
    "maj", "miss", "mister", "mr", "mrs", "ms", "prof", "professor", "rep", "rev", "reverend", "sen", "sgt",
    "sir", "sister",
];

/// What stands behind the name of a person.
#[rustfmt::skip]
pub(super) const SUFFIXES: &[&str] = &[
    "cpa", "dds", "dvm", "esq", "ii", "iii", "iv", "jd", "jr", "mba", "md", "phd", "rn", "sr", "v",
];
