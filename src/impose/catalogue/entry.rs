//! A card format or a paper as a catalogue file writes it.

use serde::Deserialize;
use toml::Spanned;

use crate::impose::catalogue::Format;
use crate::impose::catalogue::lookup::normalised;
use crate::impose::catalogue::reader::Reader;
use crate::length::{Length, Size};
use crate::problem::Diagnostic;

/// A `[[size]]` or `[[paper]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) id: Spanned<String>,
    name: Option<String>,
    size: Spanned<String>,
    radius: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) aliases: Vec<Spanned<String>>,
    #[serde(default)]
    rare: bool,
}

impl Entry {
    /// Returns the format without its aliases, or what is wrong with it; a format that says no
    /// radius gets the `usual_radius`.
    pub(super) fn format(
        &self,
        reader: &Reader,
        usual_radius: Length,
    ) -> Result<Format, Box<Diagnostic>> {
        let id = normalised(self.id.get_ref());
        let size: Size = reader.value(&self.size)?;
        let radius = self.radius.as_ref().map(|radius| reader.value(radius)).transpose()?;
        let half = size.width.min(size.height) / 2;
        let radius: Length = radius.unwrap_or(usual_radius.min(half));
        if id.is_empty() {
            return Err(reader.wrong(self.id.span(), "a name that is empty").into());
        }
        if size.width <= Length::ZERO || size.height <= Length::ZERO {
            return Err(reader.wrong(self.size.span(), format!("a size of {size}")).into());
        }
        if radius < Length::ZERO || radius > half {
            let place = self.radius.as_ref().unwrap_or(&self.size);
            return Err(reader
                .wrong(place.span(), format!("a radius of {radius} on {size}"))
                .into());
        }
        let name = self.name.clone().unwrap_or_else(|| id.clone());
        let rare = self.rare;
        Ok(Format { id, name, size, corner_radius: radius, aliases: Vec::new(), rare })
    }
}
