//! The repairs that refusals name: a paper that would do, and how several of them are said.

use crate::impose::catalogue::Format;
use crate::length::{Length, Size};

/// Returns the smallest of the `papers` that `fits`.
///
/// One that shops sell comes first, then one in the unit of the paper that was `asked` for.
pub(super) fn smallest_paper(
    papers: &[Format],
    asked: Size,
    fits: impl Fn(Size) -> bool,
) -> Option<&Format> {
    let area = |size: Size| size.width.to_emu() * size.height.to_emu();
    let is_foreign = |size: Size| is_in_inches(size) != is_in_inches(asked);
    papers
        .iter()
        .filter(|paper| fits(paper.size))
        .min_by_key(|paper| (paper.rare, is_foreign(paper.size), area(paper.size)))
}

/// Returns whether both sides are whole quarters of an inch, as those of American papers are.
fn is_in_inches(size: Size) -> bool {
    let quarter = Length::inches(0.25).to_emu();
    size.width.to_emu() % quarter == 0 && size.height.to_emu() % quarter == 0
}

/// Returns the repairs as one sentence.
pub(super) fn alternatives(repairs: &[String]) -> String {
    match repairs {
        [] => "choose a smaller card or a larger paper".into(),
        [one] => format!("{one} would do"),
        [first @ .., last] => format!("{} or {last} would do", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impose::Catalogues;

    #[test]
    fn papers_that_shops_sell_are_named_before_smaller_ones_that_few_have() {
        let papers = Catalogues::bundled().papers;
        let named = |asked: Size, least: Size| {
            let paper = smallest_paper(&papers, asked, |paper| least.fits(paper));
            paper.map(|paper| paper.id.as_str())
        };
        let (a4, letter) = (Size::mm(210.0, 297.0), Size::mm(215.9, 279.4));
        // B4, RA4 and SRA4 are smaller than A3, Arch A than Tabloid.
        assert_eq!(named(a4, Size::mm(212.0, 300.0)), Some("a3"));
        assert_eq!(named(a4, Size::mm(300.0, 430.0)), Some("sra3"));
        assert_eq!(named(a4, Size::mm(325.0, 470.0)), Some("super-b"));
        assert_eq!(named(letter, Size::mm(220.0, 290.0)), Some("tabloid"));
        assert_eq!(named(letter, Size::mm(400.0, 400.0)), None);
    }

    #[test]
    fn papers_of_ones_own_are_at_hand() {
        let mut catalogues = Catalogues::bundled();
        let own = "schema = 1\n[[paper]]\nid = \"mine\"\nsize = \"230x330mm\"\n";
        assert_eq!(catalogues.merge(own, "catalogue.toml"), []);
        let asked = Size::mm(210.0, 297.0);
        let least = Size::mm(225.0, 310.0);
        let paper = smallest_paper(&catalogues.papers, asked, |paper| least.fits(paper));
        assert_eq!(paper.map(|paper| paper.id.as_str()), Some("mine"));
    }
}
