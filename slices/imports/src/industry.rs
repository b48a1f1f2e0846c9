//! The industries that a service line can be in, in the words of the industry packs and of pages.

/// Every industry: its word in mappings and its name on pages. A test keeps the words equal to those of the packs.
pub const INDUSTRIES: [(&str, &str); 16] = [
    ("accounting", "Accounting"),
    ("agency", "Agency"),
    ("bank", "Bank"),
    ("charity", "Charity"),
    ("clinic", "Clinic"),
    ("design", "Design"),
    ("hospitality", "Hospitality"),
    ("insurance", "Insurance"),
    ("internal", "Internal department"),
    ("law", "Law"),
    ("payroll_hr", "Payroll and HR"),
    ("real_estate", "Real estate"),
    ("retail", "Retail"),
    ("saas", "Software as a service"),
    ("telecom", "Telecom"),
    ("wholesale", "Wholesale"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const PACKS: &str = include_str!("../../relationship/policies/industries.toml");

    #[test]
    fn each_industry_has_a_pack_and_each_pack_stands_here() {
        let packs: toml::Table = PACKS.parse().unwrap();
        let packs: Vec<_> =
            packs.iter().filter(|(_, pack)| pack.is_table()).map(|(word, _)| word.as_str()).collect();
        let mut words = INDUSTRIES.map(|(word, _)| word).to_vec();
        let mut sorted = packs;
        sorted.sort_unstable();
        words.sort_unstable();
        assert_eq!(words, sorted);
    }
}
