//! The theme `chart`: a sea chart, in which colour is depth and shape is category.
//!
//! Two voices, parted by a waterline at the same height on every card: the question above, the
//! listener below. All type is black; colour is only drawn. Distances are measured from the top
//! left of the trim, in the sizes of a poker card (63 × 88 mm); [`grid`] says how others differ.

pub mod box_art;
pub mod emblem;
mod front;
pub mod grid;
mod guide;
mod header;
pub mod inks;
pub mod lettering;
mod letters;
pub mod rings;
pub mod sea;
pub mod table;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::font::FontStore;
use crate::length::Size;
use crate::scene::{Ink, Scene};
use crate::typeset::{Anchor, Lexicon};

use grid::Grid;
use header::{HeaderKey, reused};
use letters::Letters;
pub use text::{CardText, Misfit, Part, Setting};

/// What a printer chooses about the faces of a deck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The size of the trimmed card. Default: 63 × 88 mm.
    pub trim: Size,
    /// Whether solid discs become outlines. Default: no.
    pub ink_saver: bool,
    /// Whether type begins a step larger. Default: no.
    pub large_print: bool,
    /// Whether each card carries its code. Default: yes.
    pub codes: bool,
    /// Whether all inks become tints of black. Default: no.
    pub one_ink: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            trim: Size::mm(63.0, 88.0),
            ink_saver: false,
            large_print: false,
            codes: true,
            one_ink: false,
        }
    }
}

/// What stands in the corner of a card, below on the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corner<'a> {
    /// The name of the card's pack, in ASCII. Default: none.
    pub pack: Option<&'a str>,
    /// The card's code; it is left out where the look has no codes.
    pub code: &'a str,
}

/// The theme at work: fonts, places, and every word and header met so far.
pub struct Chart<'f> {
    lexicon: Lexicon<'f>,
    look: Look,
    grid: Grid,
    letters: Letters,
    headers: BTreeMap<HeaderKey, Arc<Scene>>,
    emblems: BTreeMap<(String, Ink), Arc<Scene>>,
    rings: [Arc<Scene>; 5],
    /// For each depth, the waterline in its usual place and a low one.
    waters: [[Arc<Scene>; 2]; 5],
    /// The labels that no size makes fit.
    long_labels: Vec<String>,
    /// The credits that no size makes fit, which are left out.
    long_credits: Vec<String>,
}

impl<'f> Chart<'f> {
    /// The theme that draws cards of `look` with `fonts`.
    pub fn new(fonts: &'f FontStore, look: Look) -> Self {
        let grid = Grid::new(look.trim, look.large_print);
        Self {
            lexicon: Lexicon::new(fonts),
            look,
            grid,
            letters: Letters::new(&grid, fonts),
            headers: BTreeMap::new(),
            emblems: BTreeMap::new(),
            rings: header::all_rings(&grid, look.one_ink),
            waters: header::all_waters(&grid, look.one_ink),
            long_labels: Vec::new(),
            long_credits: Vec::new(),
        }
    }

    /// Returns the fonts that the theme draws with.
    pub fn fonts(&self) -> &'f FontStore {
        self.lexicon.fonts()
    }

    /// Returns the category labels that are too long for a card even at the smallest size.
    pub fn long_labels(&self) -> &[String] {
        &self.long_labels
    }

    /// Returns the credits that are too long for a rule card, which has none then.
    pub fn long_credits(&self) -> &[String] {
        &self.long_credits
    }

    /// Returns the front of a card; its origin is the top left of the trim. Cards that
    /// guide have nothing in their corner.
    pub fn front(&self, text: &CardText, setting: &Setting, corner: Corner) -> Scene {
        let mut scene = Scene::default();
        scene.items.push(reused(text.header.clone()));
        if !text.kind.is_guide() {
            scene.items.push(reused(self.water(text.depth, setting.tight)));
        }
        self.draw_front(text, setting, corner, &mut scene);
        self.toned(scene)
    }

    /// Returns the front of a card on which people write a question of their own.
    pub fn blank(&self) -> Scene {
        self.toned(self.draw_blank())
    }

    /// Returns the scene in the inks of the job.
    fn toned(&self, mut scene: Scene) -> Scene {
        if self.look.one_ink {
            inks::blacken(&mut scene);
        }
        scene
    }

    /// Returns scenes that hold, between them, every glyph and every header that the fronts of the
    /// prepared cards can use, so that a painter can gather them without drawing each card.
    pub fn inventory(&self) -> Vec<Scene> {
        let mut scene = self.lexicon.specimen();
        if self.look.codes {
            self.letters.specimen(&mut scene);
        }
        let waters = self.waters.iter().flatten();
        scene.items.extend(self.headers.values().chain(waters).cloned().map(reused));
        vec![scene]
    }
}
