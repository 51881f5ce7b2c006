//! From a scene to the operators of a content stream.

use super::PdfError;
use super::canvas::Canvas;
use super::ink::Paint;
use super::kit::Kit;
use super::matrix::Matrix;
use super::{shape, text};
use crate::length::{Length, Point};
use crate::scene::{Group, Item, Layer, Picture, Scene, Text};

/// Paints `scene` and everything in it.
///
/// # Errors
///
/// A text needs a font or a glyph that is not embedded.
pub(super) fn paint(
    canvas: &mut Canvas,
    kit: &Kit,
    scene: &Scene,
    matrix: &Matrix,
) -> Result<(), PdfError> {
    let mut painter = ScenePainter { canvas, kit, layer: None };
    painter.scene(scene, matrix)?;
    painter.canvas.end_text();
    Ok(())
}

struct ScenePainter<'a> {
    canvas: &'a mut Canvas,
    kit: &'a Kit,
    layer: Option<Layer>,
}

impl ScenePainter<'_> {
    fn scene(&mut self, scene: &Scene, matrix: &Matrix) -> Result<(), PdfError> {
        let mut done = 0;
        for (at, item) in scene.items.iter().enumerate() {
            if at < done {
                continue;
            }
            match item {
                Item::Group(group) => match self.forms_at_one_place(&scene.items[at..]) {
                    forms if forms.len() > 1 => {
                        done = at + forms.len();
                        self.forms(&forms, &matrix.after(&group.transform));
                    }
                    _ => self.layered(group, matrix)?,
                },
                Item::Text(text) => self.text(scene, text, matrix)?,
                Item::Shape(shape) => shape::paint(self.canvas, matrix, shape, self.kit.colour),
                Item::Image(picture) => self.picture(picture, matrix)?,
            }
        }
        Ok(())
    }

    fn layered(&mut self, group: &Group, matrix: &Matrix) -> Result<(), PdfError> {
        let layer = group.layer.filter(|layer| self.layer != Some(*layer));
        let Some(layer) = layer else { return self.clipped(group, matrix) };
        let outer = self.layer.replace(layer);
        self.canvas.begin_layer(layer);
        self.clipped(group, matrix)?;
        self.canvas.end_layer();
        self.layer = outer;
        Ok(())
    }

    fn clipped(&mut self, group: &Group, matrix: &Matrix) -> Result<(), PdfError> {
        let matrix = matrix.after(&group.transform);
        let Some(area) = group.clip else { return self.placed(group, &matrix) };
        self.canvas.save();
        shape::clip(self.canvas, &matrix, area);
        self.placed(group, &matrix)?;
        self.canvas.restore();
        Ok(())
    }

    /// Paints a group by its name, if it has one; else its items at their places on the page. Only
    /// where lines would grow unevenly the space itself must be changed.
    fn placed(&mut self, group: &Group, matrix: &Matrix) -> Result<(), PdfError> {
        let form = group.reused.then(|| self.kit.scenes.place(&group.scene)).flatten();
        if form.is_none() && matrix.scale().is_some() {
            return self.scene(&group.scene, matrix);
        }
        self.canvas.save();
        self.canvas.transform(matrix.operands());
        match form {
            Some(form) => self.canvas.form_here(form),
            None => self.scene(&group.scene, &Matrix::root(Length::ZERO))?,
        }
        self.canvas.restore();
        Ok(())
    }

    /// Returns the forms of the leading items that are painted by name, one over the other in the
    /// same place: a header and its waterline move the space only once.
    fn forms_at_one_place(&self, items: &[Item]) -> Vec<u32> {
        let mut place = None;
        let form = |item: &Item| {
            let Item::Group(group) = item else { return None };
            let plain = group.reused && group.clip.is_none() && group.layer.is_none();
            let here = *place.get_or_insert(group.transform) == group.transform;
            (plain && here).then(|| self.kit.scenes.place(&group.scene)).flatten()
        };
        items.iter().map_while(form).collect()
    }

    fn forms(&mut self, forms: &[u32], matrix: &Matrix) {
        self.canvas.save();
        self.canvas.transform(matrix.operands());
        forms.iter().for_each(|form| self.canvas.form_here(*form));
        self.canvas.restore();
    }

    fn text(&mut self, scene: &Scene, text: &Text, matrix: &Matrix) -> Result<(), PdfError> {
        if text.glyphs.is_empty() {
            return Ok(());
        }
        let face = self.kit.face(text.font).ok_or(PdfError::NotNoted)?;
        self.canvas.text_at(matrix, matrix.apply(text.origin));
        self.canvas.fill(Paint::new(text.ink, self.kit.colour));
        self.canvas.font(text.font.0, text.size.to_pt());
        text::show(self.canvas, face, scene, text)
    }

    fn picture(&mut self, picture: &Picture, matrix: &Matrix) -> Result<(), PdfError> {
        let image = self.kit.bitmaps.place(&picture.bitmap).ok_or(PdfError::NotNoted)?;
        let area = picture.area;
        let [a, b, c, d, ..] = matrix.operands();
        let (width, height) = (area.size.width.to_pt(), area.size.height.to_pt());
        let corner = Point::new(area.left(), area.bottom());
        let (x, y) = matrix.apply(corner);
        self.canvas.save();
        self.canvas.transform([a * width, b * width, c * height, d * height, x, y]);
        self.canvas.image_here(image);
        self.canvas.restore();
        Ok(())
    }
}
