//! What the user's country uses.

/// The regions that print on Letter (ANSI A) rather than on A4.
const LETTER: [&str; 17] = [
    "US", "CA", "MX", "PH", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "PR", "SV", "VE", "HN", "BO",
    "BZ",
];

/// Returns the paper of the user's country: `letter` or `a4`.
pub fn usual_paper() -> &'static str {
    paper_of(&sys_locale::get_locale().unwrap_or_default())
}

fn paper_of(locale: &str) -> &'static str {
    // `en-US`, `en_US.UTF-8`, `es-Latn-MX`: the region is the part of two capitals.
    let plain = locale.split(['.', '@']).next().unwrap_or_default();
    let region = plain.split(['-', '_']).skip(1).find(|part| part.len() == 2);
    match region.map(str::to_uppercase) {
        Some(region) if LETTER.contains(&&region[..]) => "letter",
        _ => "a4",
    }
}

#[cfg(test)]
mod tests {
    use super::paper_of;

    #[test]
    fn countries_choose_their_paper() {
        assert_eq!(paper_of("en-US"), "letter");
        assert_eq!(paper_of("es_MX.UTF-8"), "letter");
        assert_eq!(paper_of("fil-Latn-PH"), "letter");
        assert_eq!(paper_of("en-GB"), "a4");
        assert_eq!(paper_of("C"), "a4");
    }
}
