//! The fonts of a run: bundled ones and the user's own, named by content, chained by role.

use std::fmt;
use std::sync::Arc;

use harfrust::Font as ShapingFont;
use read_fonts::types::NameId;

use crate::scene::FontId;

/// The part a text plays on a card; each has a chain of fonts of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The question.
    Prompt,
    /// The listener's line, and words that are stressed in the question.
    Italic,
    /// Category names, minutes, figures.
    Label,
    /// Codes and the slug.
    Small,
    /// Soundings on the back.
    SmallItalic,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::Prompt, Self::Italic, Self::Label, Self::Small, Self::SmallItalic];
}

/// A font file that can be shaped, embedded and drawn.
pub struct Font {
    data: FontData,
    /// The number of the face in a collection; 0 in a file of one.
    pub index: u32,
    /// The family, such as `Literata`.
    pub family: String,
    /// The style, such as `Regular` or `SemiBold Italic`.
    pub style: String,
    /// The name that documents call the font by, such as `Literata-Regular`.
    pub postscript_name: String,
    /// The copyright line of the file, if it has one.
    pub copyright: Option<String>,
    /// How many font units make one em.
    pub units_per_em: u16,
    /// The height of capitals over the baseline, in font units.
    pub cap_height: i32,
    /// Whether the letters slant.
    pub italic: bool,
    /// The first 128 bits of the BLAKE3 hash of the file.
    pub hash: u128,
    shaping: ShapingFont,
}

#[derive(Clone)]
enum FontData {
    Bundled(&'static [u8]),
    Loaded(Arc<Vec<u8>>),
}

impl Font {
    /// Returns the bytes of the whole file.
    pub fn data(&self) -> &[u8] {
        match &self.data {
            FontData::Bundled(data) => data,
            FontData::Loaded(data) => data,
        }
    }

    /// Returns the font as the shaper wants it.
    pub fn shaping(&self) -> &ShapingFont {
        &self.shaping
    }

    /// Returns whether the font has a glyph for `c`.
    pub fn covers(&self, c: char) -> bool {
        self.shaping.charmap().map_unicode(c).is_some_and(|glyph| glyph.to_u32() != 0)
    }

    fn new(data: FontData, index: u32) -> Option<Self> {
        let shaping = match &data {
            FontData::Bundled(data) => ShapingFont::new(*data, index)?,
            FontData::Loaded(data) => {
                ShapingFont::new(data.clone() as Arc<dyn AsRef<[u8]> + Send + Sync>, index)?
            }
        };
        let name = |id| shaping.names().get(id)?.english_or_first().map(|n| n.name().to_string());
        let family = name(NameId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(NameId::FAMILY_NAME));
        let style =
            name(NameId::TYPOGRAPHIC_SUBFAMILY_NAME).or_else(|| name(NameId::SUBFAMILY_NAME));
        let family = family.unwrap_or_else(|| "Unnamed".into());
        let style = style.unwrap_or_else(|| "Regular".into());
        let postscript_name = name(NameId::POSTSCRIPT_NAME)
            .unwrap_or_else(|| format!("{family}-{style}"))
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let metrics = shaping.metrics();
        let cap_height = metrics.cap_height.map(|height| height.to_f32() as i32).unwrap_or(0);
        let bytes = match &data {
            FontData::Bundled(data) => data,
            FontData::Loaded(data) => &data[..],
        };
        let hash = u128::from_be_bytes(blake3::hash(bytes).as_bytes()[..16].try_into().ok()?);
        Some(Self {
            index,
            postscript_name,
            copyright: name(NameId::COPYRIGHT_NOTICE),
            units_per_em: shaping.units_per_em(),
            cap_height,
            italic: style.contains("Italic") || style.contains("Oblique"),
            hash,
            family,
            style,
            shaping,
            data,
        })
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Font({} {})", self.family, self.style)
    }
}

/// The reason why a file cannot serve as a font.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no TrueType or OpenType font")]
pub struct NotAFont;

/// All fonts of a run, and which of them each role asks first.
#[derive(Debug)]
pub struct FontStore {
    fonts: Vec<Font>,
    chains: [Vec<FontId>; Role::ALL.len()],
}

/// A family that comes with the program.
pub struct Bundled {
    /// The name by which the command line knows it, such as `lexend`.
    pub id: &'static str,
    /// The licence text.
    pub licence: &'static str,
    /// The files: regular, italic where there is one, then the bold.
    pub files: &'static [&'static [u8]],
}

macro_rules! bundled {
    ($id:literal, $($file:literal),+) => {
        Bundled {
            id: $id,
            licence: include_str!(concat!("../fonts/", $id, "/OFL.txt")),
            files: &[$(include_bytes!(concat!("../fonts/", $id, "/", $file))),+],
        }
    };
}

/// The families that come with the program; all are under the SIL Open Font License 1.1.
pub static BUNDLED: [Bundled; 4] = [
    bundled!(
        "literata",
        "Literata_400Regular.ttf",
        "Literata_400Regular_Italic.ttf",
        "Literata_600SemiBold.ttf"
    ),
    bundled!(
        "source-sans-3",
        "SourceSans3_400Regular.ttf",
        "SourceSans3_400Regular_Italic.ttf",
        "SourceSans3_600SemiBold.ttf"
    ),
    bundled!(
        "atkinson-hyperlegible-next",
        "AtkinsonHyperlegibleNext_400Regular.ttf",
        "AtkinsonHyperlegibleNext_400Regular_Italic.ttf",
        "AtkinsonHyperlegibleNext_700Bold.ttf"
    ),
    bundled!("lexend", "Lexend_400Regular.ttf", "Lexend_700Bold.ttf"),
];

const LITERATA: usize = 0;
const SOURCE_SANS: usize = 1;

impl FontStore {
    /// The bundled fonts that every card asks for.
    pub fn bundled() -> Self {
        let mut store = Self { fonts: Vec::new(), chains: Default::default() };
        let [serif, serif_italic] = [0, 1].map(|n| store.add_bundled(LITERATA, n));
        let [sans, sans_italic, sans_bold] = [0, 1, 2].map(|n| store.add_bundled(SOURCE_SANS, n));
        for role in Role::ALL {
            store.chains[role as usize] = match role {
                Role::Prompt => vec![serif, sans],
                Role::Italic => vec![serif_italic, sans_italic, serif, sans],
                Role::Label => vec![sans_bold, sans, serif],
                Role::Small => vec![sans, serif],
                Role::SmallItalic => vec![sans_italic, sans, serif],
            };
        }
        store
    }

    fn add_bundled(&mut self, family: usize, file: usize) -> FontId {
        let font = Font::new(FontData::Bundled(BUNDLED[family].files[file]), 0);
        self.push(font.expect("bundled fonts are fonts"))
    }

    /// Adds the bundled family `id` in front of the chains of the prompt and the listener's line;
    /// returns whether there is such a family.
    pub fn prefer_bundled(&mut self, id: &str) -> bool {
        let Some(family) = BUNDLED.iter().find(|family| family.id == id) else { return false };
        let fonts: Vec<FontId> = family
            .files
            .iter()
            .filter_map(|data| Font::new(FontData::Bundled(data), 0))
            .filter(|font| !font.style.contains("Bold"))
            .map(|font| self.push(font))
            .collect();
        self.prefer(&fonts);
        true
    }

    /// Adds the fonts of a file in front of the chains of the prompt and the listener's line, and
    /// behind the others; of a collection every face.
    ///
    /// # Errors
    ///
    /// The file is no font, or none that can be shaped.
    pub fn prefer_file(&mut self, data: Vec<u8>) -> Result<(), NotAFont> {
        let data = Arc::new(data);
        let mut fonts = Vec::new();
        while let Some(font) = Font::new(FontData::Loaded(data.clone()), fonts.len() as u32) {
            fonts.push(self.push(font));
        }
        if fonts.is_empty() {
            return Err(NotAFont);
        }
        self.prefer(&fonts);
        Ok(())
    }

    fn push(&mut self, font: Font) -> FontId {
        let known = |other: &Font| (other.hash, other.index) == (font.hash, font.index);
        if let Some(at) = self.fonts.iter().position(known) {
            return FontId(at as u16);
        }
        self.fonts.push(font);
        FontId(self.fonts.len() as u16 - 1)
    }

    fn prefer(&mut self, fonts: &[FontId]) {
        let (italic, upright): (Vec<FontId>, Vec<FontId>) =
            fonts.iter().partition(|id| self.fonts[id.0 as usize].italic);
        let any_upright = if upright.is_empty() { &italic } else { &upright };
        let own_italic: Vec<FontId> = italic.iter().chain(&upright).copied().collect();
        put_first(&mut self.chains[Role::Prompt as usize], any_upright);
        put_first(&mut self.chains[Role::Italic as usize], &own_italic);
        for role in [Role::Label, Role::Small, Role::SmallItalic] {
            self.chains[role as usize].extend_from_slice(fonts);
        }
    }

    /// Returns the font with the number `id`.
    ///
    /// # Panics
    ///
    /// `id` comes from another store.
    pub fn get(&self, id: FontId) -> &Font {
        &self.fonts[id.0 as usize]
    }

    /// Returns the fonts a role asks, the preferred one first.
    pub fn chain(&self, role: Role) -> &[FontId] {
        &self.chains[role as usize]
    }

    /// Returns all fonts with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FontId, &Font)> {
        self.fonts.iter().enumerate().map(|(at, font)| (FontId(at as u16), font))
    }
}

fn put_first(chain: &mut Vec<FontId>, fonts: &[FontId]) {
    chain.retain(|id| !fonts.contains(id));
    chain.splice(0..0, fonts.iter().copied());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_fonts_know_their_names_and_measures() {
        let store = FontStore::bundled();
        let prompt = store.get(store.chain(Role::Prompt)[0]);
        assert_eq!(prompt.postscript_name, "Literata-Regular");
        assert_eq!((prompt.units_per_em, prompt.cap_height), (1000, 701));
        assert!(prompt.covers('é') && prompt.covers('Ж') && !prompt.covers('好'));
        assert!(store.get(store.chain(Role::Italic)[0]).italic);
    }

    #[test]
    fn preferred_fonts_come_first_and_leave_labels_alone() {
        let mut store = FontStore::bundled();
        let label = store.chain(Role::Label)[0];
        assert!(store.prefer_bundled("lexend"));
        assert_eq!(store.get(store.chain(Role::Prompt)[0]).family, "Lexend");
        assert_eq!(store.get(store.chain(Role::Italic)[0]).family, "Lexend");
        assert_eq!(store.chain(Role::Label)[0], label);
        assert!(!store.prefer_bundled("comic"));
        assert_eq!(store.prefer_file(b"not a font".to_vec()), Err(NotAFont));
    }
}
