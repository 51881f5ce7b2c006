//! The backs of a run: the sea in one of its styles, or a picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::deck::{Deck, Depth};
use crate::font::FontStore;
use crate::length::{Length, Size};
use crate::problem::Diagnostic;
use crate::run::Backs;
use crate::scene::Bitmap;
use crate::typeset::chart::inks;
use crate::typeset::chart::lettering::PlainLetterer;
use crate::typeset::chart::sea::{BackSpec, BackStyle, back, picture_back};

use super::failure::Failure;
use super::pictures::{read_clear, read_opaque};

/// What is on the backs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackChoice {
    /// The sea in lines.
    Line,
    /// The sea in lines, in the ink of each card's depth.
    LineByDepth,
    /// The sea as a full ground.
    Ground,
    /// The deck's own picture, or this file.
    Picture(PathBuf),
}

impl BackChoice {
    /// Returns the picture that the deck names, else the sea in the style `usual`.
    pub fn of_deck(deck: &Deck, usual: Self) -> Self {
        deck.meta.back.clone().map_or(usual, Self::Picture)
    }
}

/// How backs are made.
pub struct BackRequest<'a> {
    /// What is on them.
    pub choice: &'a BackChoice,
    /// The deck whose title, or whose logo, they carry.
    pub deck: &'a Deck,
    /// The card after cutting.
    pub trim: Size,
    /// How far they run beyond the trim.
    pub bleed: Length,
    /// Whether they are printed in black alone.
    pub grey: bool,
}

/// The backs, the files they were read from, and what there is to tell about them.
pub struct Made {
    /// The backs.
    pub backs: Backs,
    /// The pictures that were read.
    pub files: Vec<PathBuf>,
    /// Notes, such as on a coarse picture.
    pub notes: Vec<Diagnostic>,
    /// Whether a cut that is a little off would show a neighbour's other colour.
    pub needs_gutter: bool,
}

impl BackRequest<'_> {
    /// Draws or reads the backs.
    pub fn make(&self, fonts: &FontStore) -> Result<Made, Failure> {
        match self.choice {
            BackChoice::Picture(path) => self.picture(path),
            drawn => self.sea(drawn, fonts),
        }
    }

    fn picture(&self, path: &Path) -> Result<Made, Failure> {
        let bitmap = Arc::new(read_opaque(path, self.grey)?);
        let needs_gutter = !has_plain_edge(&bitmap);
        let (scene, note) = picture_back(bitmap, self.trim, self.bleed);
        let idle = self.deck.meta.logo.is_some().then(|| {
            Diagnostic::note("idle-logo", "the logo is not shown: the back is a picture")
                .help("draw the back with `--back line` or `--back ground`")
        });
        Ok(Made {
            backs: Backs::Same(Arc::new(scene)),
            files: vec![path.to_owned()],
            notes: note.into_iter().chain(idle).collect(),
            needs_gutter,
        })
    }

    fn sea(&self, choice: &BackChoice, fonts: &FontStore) -> Result<Made, Failure> {
        let meta = &self.deck.meta;
        let logo = logo(self.deck, self.grey)?;
        let drawn = |style| {
            let spec = BackSpec {
                trim: self.trim,
                bleed: self.bleed,
                title: &meta.title,
                subtitle: meta.subtitle.as_deref(),
                logo: logo.as_ref(),
                style,
                one_ink: self.grey,
            };
            Arc::new(back(&spec, &PlainLetterer { fonts }))
        };
        let lines = |ink| drawn(BackStyle::Home { ink });
        let backs = match choice {
            BackChoice::Ground => Backs::Same(drawn(BackStyle::Press)),
            BackChoice::LineByDepth => {
                Backs::ByDepth(Depth::ALL.map(|depth| lines(inks::of_depth(depth))))
            }
            _ => Backs::Same(lines(inks::DEEP)),
        };
        let files = meta.logo.iter().cloned().collect();
        Ok(Made { backs, files, notes: Vec::new(), needs_gutter: false })
    }
}

/// Reads the picture that stands for the title in the island, if the deck names one.
pub fn logo(deck: &Deck, grey: bool) -> Result<Option<Arc<Bitmap>>, Failure> {
    let read = |path: &PathBuf| Ok(Arc::new(read_clear(path, grey)?));
    deck.meta.logo.as_ref().map(read).transpose()
}

/// Returns what is wrong with the pictures that a deck names.
pub fn picture_problems(deck: &Deck) -> Vec<Diagnostic> {
    let named = deck.meta.back.iter().chain(&deck.meta.logo);
    named.filter_map(|path| read_opaque(path, false).err()).flat_map(|e| e.problems).collect()
}

/// Returns whether the border of a picture is of one colour, as far as an eye can tell at a cut.
fn has_plain_edge(picture: &Bitmap) -> bool {
    const NEAR: u8 = 16;
    let (width, height) = (picture.width as usize, picture.height as usize);
    let pixel = |x: usize, y: usize| picture.rgb.chunks_exact(3).nth(y * width + x);
    let rows = (0..width).flat_map(|x| [pixel(x, 0), pixel(x, height.saturating_sub(1))]);
    let columns = (0..height).flat_map(|y| [pixel(0, y), pixel(width.saturating_sub(1), y)]);
    let mut border = rows.chain(columns).flatten();
    let Some(first) = border.next() else { return true };
    border.all(|other| first.iter().zip(other).all(|(a, b)| a.abs_diff(*b) <= NEAR))
}
