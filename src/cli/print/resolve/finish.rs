//! The settings that no sheet depends on, and all of them together.

use crate::deck::Deck;
use crate::impose::{Arrangement, Register, SheetRequest, SheetSpec, Stock};
use crate::problem::Diagnostic;
use crate::select::{self, Mix, Sequence};
use crate::typeset::chart::Look;

use super::super::super::args::{ColourArg, FillArg, PurposeArg, SequenceArg, SwitchArg, ThemeArg};
use super::super::super::backs::BackChoice;
use super::super::super::choose::Count;
use super::super::super::failure::Failure;
use super::super::super::settings::Origin;
use super::reader::Reader;
use super::words::{duplex_word, flip_word, marks_word, orientation_word, word};
use super::{BUNDLED, Resolved};

impl Reader<'_> {
    /// Reads what the sheet does not depend on, and puts everything together.
    pub fn finish(
        mut self,
        purpose: PurposeArg,
        sheet: SheetSpec,
        request: SheetRequest,
        back: BackChoice,
        decks: &[Deck],
    ) -> Result<Resolved, Failure> {
        let press = purpose == PurposeArg::Press;
        let codes = if press { SwitchArg::Off } else { SwitchArg::On };
        let usual = if press { ColourArg::Cmyk } else { ColourArg::Rgb };
        let colour = self.choice("colour", |s| s.colour, usual);
        let theme = self.choice("theme", |s| s.theme, ThemeArg::Chart);
        let look = Look {
            trim: request.card.size,
            one_ink: colour == ColourArg::Grey,
            ink_saver: self.switch("ink-saver", |s| s.ink_saver),
            large_print: self.switch("large-print", |s| s.large_print),
            codes: self.choice("codes", |s| s.codes, codes) == SwitchArg::On,
        };
        let seed = self.seed(decks);
        let sequence = self.sequence(seed);
        let count = self.count(decks);
        let mix = self.mix(count, decks);
        if !self.problems.is_empty() {
            return Err(self.failed());
        }
        let (printer, origin) = self.layers.pick(|s| s.printer.clone());
        let printer = printer.filter(|name| name != "none");
        if let Some(name) = &printer {
            self.tell("printer", name, origin);
        }
        let fill_blank = self.optional("fill", |s| s.fill) == Some(FillArg::Blank);
        let (dpi, origin) = self.layers.pick(|settings| settings.dpi);
        let dpi = dpi.unwrap_or(300.0);
        self.tell("dpi", dpi.to_string(), origin);
        let (fonts, origin) = self.layers.pick(|s| (!s.font.is_empty()).then(|| s.font.clone()));
        let mut fonts = fonts.unwrap_or_default();
        fonts.retain(|font| font != BUNDLED);
        let named = if fonts.is_empty() { BUNDLED.into() } else { fonts.join(", ") };
        self.tell("font", named, origin);
        self.tell_usual(&sheet, &look);
        let mut notes = self.notes(&sheet);
        notes.extend(request.stock.as_ref().and_then(doubts));
        let table = self.table;
        Ok(Resolved {
            sheet,
            stock: request.stock.map(|stock| stock.id),
            paper: request.paper,
            theme,
            look,
            back,
            colour,
            sequence,
            count,
            mix,
            seed,
            fill_blank,
            dpi,
            printer,
            register: Register::default(),
            fonts,
            notes,
            table,
        })
    }

    /// Tells the settings that nobody asked for, as they came out.
    fn tell_usual(&mut self, sheet: &SheetSpec, look: &Look) {
        let on = |on: bool| if on { "on" } else { "off" }.to_owned();
        let faces = sheet.arrangement == Arrangement::Faces;
        let mut usual = vec![
            ("bleed", sheet.bleed.to_string()),
            ("corner-radius", sheet.corner_radius.to_string()),
            ("faces", on(faces)),
            ("ink-saver", on(look.ink_saver)),
            ("large-print", on(look.large_print)),
        ];
        if !faces {
            usual.extend([
                ("orientation", word(orientation_word(sheet))),
                ("margin", sheet.margin.to_string()),
                ("gutter", format!("{}, {}", sheet.gutter.x, sheet.gutter.y)),
                ("marks", word(marks_word(sheet.marks))),
                ("duplex", word(duplex_word(sheet.duplex))),
                ("flip", word(flip_word(sheet.flip))),
                ("printer", "none".into()),
                ("stack", "off".into()),
                ("fill", "nothing".into()),
            ]);
        }
        for (name, value) in usual {
            if !self.table.iter().any(|(told, ..)| *told == name) {
                self.tell(name, value, Origin::Default);
            }
        }
    }

    fn count(&mut self, decks: &[Deck]) -> Option<Count> {
        let (count, origin) = self.layers.pick(|settings| settings.count);
        let standard = || match decks {
            [deck] => deck.meta.standard_count,
            _ => None,
        };
        let number = count.or_else(standard);
        self.tell("count", number.map_or("all".into(), |count| count.to_string()), origin);
        number.map(|number| Count { number, asked: origin == Origin::Flag })
    }

    fn mix(&mut self, count: Option<Count>, decks: &[Deck]) -> Option<Mix> {
        let (words, origin) = self.layers.pick(|settings| settings.mix.clone());
        self.tell("mix", words.as_deref().unwrap_or("even"), origin);
        let mix = words.as_deref().map(|words| Mix::parse(words, decks))?;
        if count.is_none() && origin == Origin::Flag {
            self.problems.push(mix_without_count());
        }
        match mix {
            Ok(mix) => count.map(|_| mix),
            Err(problems) => {
                let usage = |problem| Diagnostic { code: "bad-mix", ..problem };
                self.problems.extend(problems.into_iter().map(usage));
                None
            }
        }
    }

    fn seed(&mut self, decks: &[Deck]) -> u64 {
        let (seed, origin) = self.layers.pick(|settings| settings.seed);
        let seed = seed.unwrap_or_else(|| select::usual_seed(decks));
        self.tell("seed", seed.to_string(), origin);
        seed
    }

    fn sequence(&mut self, seed: u64) -> Sequence {
        match self.choice("sequence", |s| s.sequence, SequenceArg::Deck) {
            SequenceArg::Deck => Sequence::Deck,
            SequenceArg::Rising => Sequence::Rising,
            SequenceArg::Arc => Sequence::Arc,
            SequenceArg::Shuffled => Sequence::Shuffled(seed),
        }
    }

    /// Tells the defaults that a purpose and a country chose.
    fn notes(&self, sheet: &SheetSpec) -> Vec<Diagnostic> {
        let usual = |name: &str| {
            self.table.iter().any(|(n, _, origin)| *n == name && *origin == Origin::Default)
        };
        let mut notes = Vec::new();
        if usual("paper") && sheet.arrangement == Arrangement::Sheets {
            let paper = self.table.iter().find(|(name, ..)| *name == "paper");
            let name = paper.map(|(_, value, _)| &**value).unwrap_or_default();
            let found = format!("the paper is {name}, as is usual here");
            let other = if name.starts_with("letter") { "a4" } else { "letter" };
            let help = format!("`--paper {other}` for another");
            notes.push(Diagnostic::note("usual-paper", found).help(help));
        }
        let shuffled = word(SequenceArg::Shuffled);
        let told = |name: &str, value: &str| {
            self.table.iter().any(|(known, told, _)| *known == name && *told == value)
        };
        let idle = told("count", "all") && !told("sequence", &shuffled);
        if idle && self.layers.pick(|s| s.seed).1 == Origin::Flag {
            let help = "add `--sequence shuffled`, or a number of cards with `--count`";
            notes.push(Diagnostic::note("idle-seed", "`--seed` changes nothing here").help(help));
        }
        notes
    }
}

/// Returns what is doubtful about a stock.
fn doubts(stock: &Stock) -> Option<Diagnostic> {
    let found = format!("{}: {}", stock.id, stock.note.as_ref()?);
    let help = "measure your sheet, and print on plain paper first";
    Some(Diagnostic::note("stock-in-doubt", found).help(help))
}

/// What is told where a mix has nothing to share.
pub fn mix_without_count() -> Diagnostic {
    Diagnostic::error("bad-mix", "a mix needs a number of cards to share")
        .help("say how many with `--count`")
}
