//! The cartouche: the title or the maker's logo, and the line under it, as large as the island
//! allows.

use std::sync::Arc;

use crate::font::Role;
use crate::length::{Length, Point};
use crate::problem::Diagnostic;
use crate::scene::{Bitmap, Ink, Item, Scene};
use crate::typeset::chart::lettering::{Align, Anchor, Letterer, LineStyle, capitals};

use super::back::BackSpec;
use super::logo::logo;
use super::scale::Scale;

/// The sizes of a title on one line, in points, largest first.
const ONE_LINE: [f64; 3] = [17.0, 14.0, 11.5];

/// The lines and points of titles that one line cannot hold. Only the first belongs to a
/// well-titled deck; the rest keeps a long one whole, and [`title_problem`] tells it.
const MORE_LINES: [(usize, f64); 4] = [(2, 11.5), (2, 10.0), (3, 9.0), (3, 8.0)];

/// The most a title line may take of a poker card's width, in millimetres.
const TITLE_MEASURE: f64 = 31.0;

/// The most a subtitle may take, in millimetres.
const SUBTITLE_MEASURE: f64 = 28.0;

/// The title and the subtitle as they will be set.
#[derive(Clone, Debug, PartialEq)]
pub struct Cartouche {
    /// What stands in place of the title.
    logo: Option<Arc<Bitmap>>,
    /// The lines of the title; none beside a logo.
    lines: Vec<String>,
    /// The size of the title on a poker card, in points.
    points: f64,
    /// The subtitle and its tracking.
    subtitle: Option<(String, i32)>,
}

/// The inks of the words on the island.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The ink of the title.
    pub title: Ink,
    /// The ink of the line under it.
    pub subtitle: Ink,
}

impl Cartouche {
    /// The title of `spec` as large as it fits, and its subtitle where there is room for it.
    pub fn fitted(spec: &BackSpec, scale: &Scale, letterer: &dyn Letterer) -> Self {
        let (lines, points) = match spec.logo {
            Some(_) => (Vec::new(), ONE_LINE[0]),
            None => fit_title(spec.title, scale, letterer),
        };
        let alone = lines.len() <= 1;
        let subtitle = spec.subtitle.filter(|_| alone).and_then(|subtitle| {
            let subtitle = capitals(subtitle.trim());
            let measure = Length::mm(SUBTITLE_MEASURE * scale.by.x);
            let fits = |tracking: &i32| {
                letterer.width(&subtitle, subtitle_style(scale, *tracking, Ink::BLACK)) <= measure
            };
            let tracking = [140, 60].into_iter().find(fits)?;
            (!subtitle.is_empty()).then_some((subtitle, tracking))
        });
        Self { logo: spec.logo.cloned(), lines, points, subtitle }
    }

    /// Adds the words to `scene`.
    pub fn draw(&self, scene: &mut Scene, scale: &Scale, words: Words, letterer: &dyn Letterer) {
        let logo =
            self.logo.as_ref().and_then(|bitmap| logo(bitmap, scale, self.subtitle.is_some()));
        scene.items.extend(logo.map(Item::Image));
        let style = title_style(scale, self.points, words.title);
        for (line, baseline) in self.lines.iter().zip(self.baselines()) {
            letterer.draw(scene, line, style, anchor(scale, baseline));
        }
        if let Some((subtitle, tracking)) = &self.subtitle {
            let style = subtitle_style(scale, *tracking, words.subtitle);
            letterer.draw(scene, subtitle, style, anchor(scale, 44.9));
        }
    }

    /// Returns the baselines of the title on a poker card, in millimetres.
    ///
    /// One line stands on 40.3, two of 11.5 points on 38.2 and 43.1; more, or smaller ones, keep
    /// the middle and the proportion of those two.
    fn baselines(&self) -> Vec<f64> {
        if self.lines.len() <= 1 {
            return vec![40.3];
        }
        let leading = 4.9 * self.points / 11.5;
        let first = 40.65 - leading * (self.lines.len() as f64 - 1.0) / 2.0;
        (0..self.lines.len()).map(|line| first + leading * line as f64).collect()
    }
}

/// Returns the problem of a title that is too long for the back, if it is.
///
/// Such a title is set smaller than 11.5 points on two lines would be; it is never cut.
pub fn title_problem(spec: &BackSpec, letterer: &dyn Letterer) -> Option<Diagnostic> {
    let scale = Scale::new(spec.trim)?;
    let points = Cartouche::fitted(spec, &scale, letterer).points;
    (points < ONE_LINE[2]).then(|| {
        let size = points * scale.type_scale;
        Diagnostic::warning(
            "title-long",
            format!("the title `{}` is long for the back", spec.title),
        )
        .expected("a title of two short lines at most")
        .help(format!("it is set in {size:.1} points; give a shorter title for larger letters"))
    })
}

fn anchor(scale: &Scale, baseline: f64) -> Anchor {
    let middle = scale.point(31.5, 40.0);
    let y = middle.y + (baseline - 40.0) * scale.type_scale;
    Anchor { at: Point::mm(middle.x, y), align: Align::Center }
}

fn title_style(scale: &Scale, points: f64, ink: Ink) -> LineStyle {
    LineStyle { role: Role::Prompt, size: scale.type_size(points), tracking: 10, ink }
}

fn subtitle_style(scale: &Scale, tracking: i32, ink: Ink) -> LineStyle {
    LineStyle { role: Role::Label, size: scale.type_size(6.5), tracking, ink }
}

fn fit_title(title: &str, scale: &Scale, letterer: &dyn Letterer) -> (Vec<String>, f64) {
    let words: Vec<&str> = title.split_whitespace().collect();
    let measure = Length::mm(TITLE_MEASURE * scale.by.x);
    let widest = |lines: &[String], points: f64| {
        let style = title_style(scale, points, Ink::BLACK);
        lines.iter().map(|line| letterer.width(line, style)).max().unwrap_or(Length::ZERO)
    };
    let whole = vec![words.join(" ")];
    if let Some(points) = ONE_LINE.into_iter().find(|points| widest(&whole, *points) <= measure) {
        return (whole, points);
    }
    let style = title_style(scale, ONE_LINE[2], Ink::BLACK);
    // A quarter of the em is near enough to a word space to choose breaks by; what fits is
    // measured on the whole line.
    let space = style.size / 4;
    let widths: Vec<Length> =
        words.iter().map(|word| letterer.width(word, style) + space).collect();
    for (count, points) in MORE_LINES {
        let lines = parted(&words, &widths, count);
        if widest(&lines, points) <= measure {
            return (lines, points);
        }
    }
    // Nothing is cut: what is longer still becomes as small as it must.
    let (count, points) = MORE_LINES[MORE_LINES.len() - 1];
    let lines = parted(&words, &widths, count);
    let too_wide = widest(&lines, points).ratio(measure);
    (lines, points / too_wide)
}

/// Returns the words on at most `count` lines, the widest of which is as narrow as can be.
///
/// `widths` are those of the words with the space after each.
fn parted(words: &[&str], widths: &[Length], count: usize) -> Vec<String> {
    let run = |from: usize, to: usize| -> Length { widths[from..to].iter().copied().sum() };
    // best[n] is the narrowest way to set the first n words, and where its last line begins.
    let mut best: Vec<(Length, Vec<usize>)> =
        (0..=words.len()).map(|to| (run(0, to), vec![0])).collect();
    for _ in 1..count {
        best = (0..=words.len())
            .map(|to| {
                let longer = (1..to).map(|from| {
                    let breaks = best[from].1.iter().copied().chain([from]).collect();
                    (best[from].0.max(run(from, to)), breaks)
                });
                longer.chain([best[to].clone()]).min_by_key(|(width, _)| *width)
            })
            .map(|best| best.unwrap_or_default())
            .collect();
    }
    let starts = best.pop().unwrap_or_default().1;
    let ends = starts.iter().copied().skip(1).chain([words.len()]);
    starts.iter().zip(ends).map(|(from, to)| words[*from..to].join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Size;
    use crate::typeset::chart::sea::BackStyle;

    /// A letterer whose every letter is half an em wide, tracking aside.
    struct Monospaced;

    impl Letterer for Monospaced {
        fn width(&self, text: &str, style: LineStyle) -> Length {
            let letters = text.chars().count() as f64;
            let gaps = (letters - 1.0).max(0.0) * f64::from(style.tracking) / 1000.0;
            style.size.scaled(letters * 0.5 + gaps)
        }

        fn draw(&self, _: &mut Scene, text: &str, style: LineStyle, _: Anchor) -> Length {
            self.width(text, style)
        }
    }

    fn spec<'a>(title: &'a str, subtitle: Option<&'a str>) -> BackSpec<'a> {
        let (trim, bleed) = (Size::mm(63.0, 88.0), Length::mm(3.0));
        BackSpec {
            trim,
            bleed,
            title,
            subtitle,
            logo: None,
            style: BackStyle::Press,
            one_ink: false,
        }
    }

    fn fitted(title: &str, subtitle: &str) -> Cartouche {
        let spec = spec(title, Some(subtitle));
        let scale = Scale::new(spec.trim).expect("poker is a card");
        Cartouche::fitted(&spec, &scale, &Monospaced)
    }

    #[test]
    fn titles_shrink_before_they_break() {
        let sizes = ["Intimacy", "Friendship ok", "Conversations on"]
            .map(|title| (fitted(title, "").lines.len(), fitted(title, "").points));
        assert_eq!(sizes, [(1, 17.0), (1, 11.5), (2, 11.5)]);
        assert_eq!(fitted("Confidence", "").points, 17.0);
        assert_eq!(fitted("Confidences", "").points, 14.0);
    }

    #[test]
    fn two_lines_are_balanced_and_leave_no_room_for_a_subtitle() {
        let cartouche = fitted("The seven evenings on", "For two");
        assert_eq!(cartouche.lines, ["The seven", "evenings on"]);
        assert_eq!(cartouche.subtitle, None);
        let baselines = cartouche.baselines();
        assert!((baselines[0] - 38.2).abs() < 1e-9 && (baselines[1] - 43.1).abs() < 1e-9);
    }

    #[test]
    fn subtitles_close_up_before_they_are_left_out() {
        let subtitle = |text| fitted("Us", text).subtitle;
        assert_eq!(subtitle("For two"), Some(("FOR TWO".into(), 140)));
        assert_eq!(subtitle("Around one big table"), Some(("AROUND ONE BIG TABLE".into(), 60)));
        assert_eq!(subtitle("Around one very big round table"), None);
        assert_eq!(subtitle("  "), None);
    }

    #[test]
    fn nothing_is_cut_however_long() {
        let measure = Length::mm(TITLE_MEASURE);
        let scale = Scale::new(Size::mm(63.0, 88.0)).expect("poker is a card");
        for title in ["x".repeat(60), "many short words ".repeat(20), String::new()] {
            let cartouche = fitted(&title, "");
            let words: Vec<&str> = title.split_whitespace().collect();
            assert_eq!(cartouche.lines.join(" "), words.join(" "));
            let style = title_style(&scale, cartouche.points, Ink::BLACK);
            for line in &cartouche.lines {
                assert!(Monospaced.width(line, style) <= measure + Length::mm(0.001), "{line}");
            }
        }
    }

    #[test]
    fn only_titles_too_long_for_two_lines_are_told() {
        assert_eq!(title_problem(&spec("The seven evenings", None), &Monospaced), None);
        let long = "Everything that we never found the time to ask";
        let problem = title_problem(&spec(long, None), &Monospaced).expect("it is too long");
        assert!(problem.help.is_some_and(|help| help.contains("9.0 points")));
    }
}
