//! A print run: chosen cards, set in type, on their sheets, page by page.
//!
//! All text is shaped and fitted before the first page is made, so that every card that does not
//! fit is told at once; pages are then made one at a time, in any order, from any thread, and the
//! memory that a run takes does not grow with its sheets.

mod draft;
pub mod tuck_box;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::deck::{self, Card, Column, Deck, Kind, Pick};
use crate::font::FontStore;
use crate::impose::{Faces, Imposer, Job, Register, SetLine, SetText, SheetSpec, Side, TextSpec};
use crate::length::{Length, Point};
use crate::problem::Diagnostic;
use crate::scene::{Bookmark, Page, Scene};
use crate::typeset::chart::{CardText, Chart, Corner, Look, Misfit, Part, Setting};
use crate::typeset::{Anchor, Line, LineStyle, named_characters};

/// What a run is made of.
pub struct RunRequest<'a> {
    /// The decks.
    pub decks: &'a [Deck],
    /// The cards to print, in order.
    pub picks: &'a [Pick],
    /// How many cards to write on follow them.
    pub blanks: usize,
    /// The look of the faces.
    pub look: Look,
    /// The sheet.
    pub sheet: SheetSpec,
    /// The backs.
    pub backs: Backs,
    /// The error of the printer, which the pages make up for. Default: none.
    pub register: Register,
    /// The title on the slug.
    pub title: &'a str,
}

/// The backs of a run.
#[derive(Clone, Debug)]
pub enum Backs {
    /// All cards have the same.
    Same(Arc<Scene>),
    /// Each depth has its own, lightest first; cards without depth take the last.
    ByDepth([Arc<Scene>; 5]),
}

/// A run, ready to be painted.
pub struct Run<'a> {
    decks: &'a [Deck],
    picks: &'a [Pick],
    chart: Chart<'a>,
    texts: Vec<CardText>,
    settings: Vec<Setting>,
    blank: Arc<Scene>,
    backs: Backs,
    sheet: SheetSpec,
    register: Register,
    count: usize,
    title: &'a str,
    digest: String,
    pack: Option<String>,
    drafts: Option<Drafts<'a>>,
}

/// What takes the place of faces where a test is printed.
struct Drafts<'a> {
    fonts: &'a FontStore,
    back: Arc<Scene>,
}

impl<'a> Run<'a> {
    /// Sets the type of every card, or tells every card whose text cannot be set.
    pub fn new(fonts: &'a FontStore, request: RunRequest<'a>) -> Result<Self, Vec<Diagnostic>> {
        let Typeset { chart, texts, fits, problems } =
            Typeset::new(fonts, request.decks, request.picks, request.look);
        if !problems.is_empty() {
            return Err(problems);
        }
        let blank = Arc::new(chart.blank());
        Ok(Self {
            decks: request.decks,
            picks: request.picks,
            texts,
            settings: fits.into_iter().flatten().collect(),
            chart,
            blank,
            backs: request.backs,
            sheet: request.sheet,
            register: request.register,
            count: request.picks.len() + request.blanks,
            title: request.title,
            digest: digest(request.decks, request.picks),
            pack: None,
            drafts: None,
        })
    }

    /// Prints in place of each face its outline, its middle, its number and its code: a test of
    /// printer and knife for next to no ink.
    pub fn drafted(mut self, fonts: &'a FontStore) -> Self {
        let back = Arc::new(draft::face(&self.sheet, "back", &slug_setter(fonts)));
        self.drafts = Some(Drafts { fonts, back });
        self
    }

    /// Returns whether the faces are those of a test.
    pub const fn is_draft(&self) -> bool {
        self.drafts.is_some()
    }

    /// Returns what tells this run from one of other cards, or of cards with other words: eight
    /// signs as codes have them.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Prints the name of a pack, in ASCII, before the code of each card that has one.
    pub fn in_pack(mut self, name: String) -> Self {
        self.pack = Some(name);
        self
    }

    /// Returns how many cards are printed, cards to write on included.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Returns how many cards are set in each size, largest first.
    pub fn sizes(&self) -> BTreeMap<std::cmp::Reverse<Length>, usize> {
        let mut sizes = BTreeMap::new();
        for setting in &self.settings {
            *sizes.entry(std::cmp::Reverse(setting.size())).or_insert(0) += 1;
        }
        sizes
    }

    /// Returns scenes that hold every glyph, header and back that pages can use, the slug's words
    /// excepted.
    pub fn inventory(&self) -> Vec<Arc<Scene>> {
        if let Some(drafts) = &self.drafts {
            let signs = draft::face(&self.sheet, draft::SIGNS, &slug_setter(drafts.fonts));
            return vec![Arc::new(signs), drafts.back.clone()];
        }
        let mut scenes: Vec<Arc<Scene>> =
            self.chart.inventory().into_iter().map(Arc::new).collect();
        scenes.push(self.blank.clone());
        scenes.extend(self.asides());
        scenes.extend(self.pack_name());
        match &self.backs {
            Backs::Same(back) => scenes.push(back.clone()),
            Backs::ByDepth(backs) => scenes.extend(backs.iter().cloned()),
        }
        scenes
    }

    /// Returns faces that hold the glyphs of what is set apart from the words: each line of minutes,
    /// and the figures of the longest list, once for each language.
    fn asides(&self) -> Vec<Arc<Scene>> {
        let mut seen = BTreeSet::new();
        let mut faces = Vec::new();
        for (at, pick) in self.picks.iter().enumerate() {
            let (deck, card) = pick.of(self.decks);
            let items = if card.kind.is_guide() { card.prompt.lines().count() } else { 0 };
            let minutes = card.minutes.as_ref().map(|minutes| (minutes.count, &*minutes.rest));
            let language = card.language.as_deref().unwrap_or(&deck.meta.language);
            let credit = deck.meta.credit.as_deref().filter(|_| card.kind == Kind::Rule);
            if (items > 0 || minutes.is_some()) && seen.insert((items, minutes, language, credit)) {
                faces.push(self.face(at, Side::Recto));
            }
        }
        faces
    }

    /// Returns a face that holds the glyphs of the pack's name, if cards carry one.
    fn pack_name(&self) -> Option<Arc<Scene>> {
        self.pack.as_ref()?;
        let asks = |pick: &Pick| !pick.is_guide(self.decks);
        Some(self.face(self.picks.iter().position(asks)?, Side::Recto))
    }

    /// Returns what a person should know about the faces.
    pub fn notes(&self) -> Vec<Diagnostic> {
        self.chart.long_credits().iter().map(|credit| long_credit(credit)).collect()
    }

    /// Returns the face of the card at `at` in the run.
    pub fn face(&self, at: usize, side: Side) -> Arc<Scene> {
        if let Some(drafts) = &self.drafts {
            return self.draft(drafts, at, side);
        }
        match (side, self.texts.get(at)) {
            (Side::Recto, Some(text)) => {
                let code = &self.picks[at].of(self.decks).1.code.0;
                let corner = Corner { pack: self.pack.as_deref(), code };
                Arc::new(self.chart.front(text, &self.settings[at], corner))
            }
            (Side::Recto, None) => self.blank.clone(),
            (Side::Verso, _) => self.back(at),
        }
    }

    fn draft(&self, drafts: &Drafts, at: usize, side: Side) -> Arc<Scene> {
        if side == Side::Verso {
            return drafts.back.clone();
        }
        let code = self.picks.get(at).map(|pick| format!(" · {}", pick.of(self.decks).1.code));
        let words = format!("{}{}", at + 1, code.unwrap_or_default());
        Arc::new(draft::face(&self.sheet, &words, &slug_setter(drafts.fonts)))
    }

    fn back(&self, at: usize) -> Arc<Scene> {
        match &self.backs {
            Backs::Same(back) => back.clone(),
            Backs::ByDepth(backs) => {
                let depth = self.picks.get(at).and_then(|pick| pick.of(self.decks).1.depth);
                backs[depth.map_or(4, |depth| usize::from(depth.level()) - 1)].clone()
            }
        }
    }

    /// Returns the sheets of the run; `text` sets the words of the slug.
    pub fn sheets<'r>(&'r self, text: &'r SetText<'r>) -> Sheets<'r, 'a> {
        let (count, title, digest) = (self.count, self.title, &*self.digest);
        let job = Job { count, title, digest, text, register: self.register };
        Sheets { run: self, imposer: Imposer::new(&self.sheet, job) }
    }
}

/// Returns every problem that the cards of `decks` would have on cards of this look: what
/// [`Run::new`] would tell of them.
pub fn misfits(fonts: &FontStore, decks: &[Deck], look: Look) -> Vec<Diagnostic> {
    let mut picks = deck::all_cards(decks);
    picks.dedup();
    Typeset::new(fonts, decks, &picks, look).problems
}

/// Returns what tells these cards, in this order, from all others.
fn digest(decks: &[Deck], picks: &[Pick]) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("deckle run v1");
    for pick in picks {
        let (deck, card) = pick.of(decks);
        hasher.update(&card.key.0.to_be_bytes()).update(&deck.imprint(card).0.to_be_bytes());
    }
    let mut bits = [0; 16];
    hasher.finalize_xof().fill(&mut bits);
    deck::in_signs(u128::from_be_bytes(bits), 8)
}

/// How many cards that cannot be set are told one by one.
const MOST: usize = 50;

/// Cards set in type, as far as they can be.
struct Typeset<'a> {
    chart: Chart<'a>,
    texts: Vec<CardText>,
    fits: Vec<Result<Setting, Misfit>>,
    problems: Vec<Diagnostic>,
}

impl<'a> Typeset<'a> {
    fn new(fonts: &'a FontStore, decks: &[Deck], picks: &[Pick], look: Look) -> Self {
        let mut chart = Chart::new(fonts, look);
        let cards = || picks.iter().map(|pick| pick.of(decks));
        let texts: Vec<CardText> = cards().map(|(deck, card)| chart.prepare(deck, card)).collect();
        let fits: Vec<Result<Setting, Misfit>> =
            texts.par_iter().map(|text| chart.fit(text)).collect();
        let mut problems = Vec::new();
        for (((deck, card), text), fit) in cards().zip(&texts).zip(&fits) {
            let missing = chart.missing(text);
            if !missing.is_empty() {
                problems.push(no_glyph(deck, card, &missing));
            }
            if let Err(misfit) = fit {
                problems.push(too_long(deck, card, misfit));
            }
        }
        problems.extend(chart.long_labels().iter().map(|label| long_label(label)));
        problems.dedup();
        let rest = problems.len().saturating_sub(MOST);
        if rest > 0 {
            problems.truncate(MOST);
            let found = format!("{rest} more problems of the same kind");
            problems.push(Diagnostic::error("more", found));
        }
        Self { chart, texts, fits, problems }
    }
}

/// The sheets of a run.
pub struct Sheets<'r, 'a> {
    run: &'r Run<'a>,
    imposer: Imposer<'r>,
}

impl Sheets<'_, '_> {
    /// Returns what the imposition has to tell.
    pub fn notes(&self) -> &[Diagnostic] {
        self.imposer.notes()
    }

    /// Returns the sides of the sheets in the order in which they are printed.
    pub fn sequence(&self) -> Vec<(usize, Side)> {
        self.imposer.plan().sequence().collect()
    }

    /// Returns the number of sheets of paper.
    pub fn count(&self) -> usize {
        self.imposer.plan().sheets()
    }

    /// Returns one side of one sheet.
    pub fn page(&self, sheet: usize, side: Side) -> Page {
        let faces: &Faces = &|at, side| self.run.face(at, side);
        let mut page = self.imposer.page(sheet, side, faces);
        if side == Side::Recto {
            page.bookmarks = self.bookmarks(sheet);
        }
        self.run.register.correct(page, side)
    }

    /// Names the sheet, and under it each category that begins on it.
    fn bookmarks(&self, sheet: usize) -> Vec<Bookmark> {
        let mut bookmarks = vec![Bookmark { title: format!("Sheet {}", sheet + 1), level: 0 }];
        let mut cards: Vec<usize> =
            self.imposer.plan().sheet(sheet).recto.into_iter().flatten().collect();
        cards.sort_unstable();
        let mut last = None;
        for at in cards {
            let Some(pick) = self.run.picks.get(at) else { continue };
            let (deck, card) = pick.of(self.run.decks);
            let label = &deck.category(card).label;
            if last != Some(label) && !bookmarks.iter().any(|known| known.title == *label) {
                bookmarks.push(Bookmark { title: label.clone(), level: 1 });
            }
            last = Some(label);
        }
        bookmarks
    }
}

/// Returns a function that sets the words of a slug in `fonts`.
pub fn slug_setter(fonts: &FontStore) -> impl Fn(&str, TextSpec) -> SetLine + Sync + '_ {
    move |text, spec| {
        let style = LineStyle::new(spec.role, spec.size).inked(spec.ink);
        let line = Line::new(text, style, fonts);
        let mut scene = Scene::default();
        line.draw(&mut scene, Point::ORIGIN, Anchor::Left, fonts);
        SetLine { scene, width: line.width() }
    }
}

fn no_glyph(deck: &Deck, card: &Card, missing: &str) -> Diagnostic {
    let column = if missing.chars().any(|c| card.prompt.contains(c)) {
        Column::Prompt
    } else {
        Column::FollowUp
    };
    Diagnostic::error("no-glyph", format!("no font has {}", named_characters(missing)))
        .at(deck.origin(card, column))
        .help("give a font that has them with `--font PATH`, or write the text without them")
}

fn too_long(deck: &Deck, card: &Card, misfit: &Misfit) -> Diagnostic {
    let (column, what) = match misfit.part {
        Part::Prompt => (Column::Prompt, "this text is".to_owned()),
        Part::Item(number) => (Column::Prompt, format!("line {number} of this text is")),
        Part::Beneath => (Column::FollowUp, "this listener's line is".to_owned()),
    };
    let size = (misfit.size.to_pt() * 100.0).round() / 100.0;
    let room = match misfit.room {
        1 => "1 line".to_owned(),
        room => format!("{room} lines"),
    };
    let found = match misfit.lines {
        Some(lines) => {
            format!("{what} too long for the card: {lines} lines at {size} pt, room for {room}")
        }
        None => format!("{what} too long for the card: one of its words is wider than a line"),
    };
    Diagnostic::error("too-long", found)
        .at(deck.origin(card, column))
        .help("shorten it, or print on a larger card such as `--size tarot`")
}

fn long_credit(credit: &str) -> Diagnostic {
    let found = format!("the credit `{credit}` is too long for the rule card: it is left out");
    Diagnostic::warning("long-credit", found).help("shorten `credit` to about 60 letters")
}

fn long_label(label: &str) -> Diagnostic {
    Diagnostic::error("long-label", format!("the category `{label}` is too long for a card"))
        .expected("a name of up to about 18 letters")
        .help("give it a shorter label in the file beside the table: `[categories.NAME]`, `label`")
}
