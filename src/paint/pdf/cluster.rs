//! Clusters: the glyphs of a text that stand for some of its characters together.

use std::ops::Range;

use crate::scene::{Glyph, Scene, Text};

/// Glyphs that belong together, and the characters they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cluster<'a> {
    pub glyphs: &'a [Glyph],
    pub text: &'a str,
}

/// Returns the clusters of a text in the order in which their glyphs stand. Ranges that point
/// outside of the scene give nothing.
pub(super) fn clusters<'a>(scene: &'a Scene, text: &Text) -> impl Iterator<Item = Cluster<'a>> {
    let glyphs = scene.glyphs.get(usize_range(&text.glyphs)).unwrap_or_default();
    let end = text.text.end;
    let mut start = 0;
    std::iter::from_fn(move || {
        let cluster = glyphs.get(start)?.cluster;
        let stop = glyphs[start..]
            .iter()
            .position(|glyph| glyph.cluster != cluster)
            .map_or(glyphs.len(), |length| start + length);
        // Glyphs that run from right to left have the following characters before them.
        let neighbours = [glyphs.get(stop), start.checked_sub(1).map(|at| &glyphs[at])];
        let next = neighbours.into_iter().flatten().map(|glyph| glyph.cluster);
        let until = next.filter(|next| *next > cluster).min().unwrap_or(end);
        let found = Cluster {
            glyphs: &glyphs[start..stop],
            text: scene.text.get(usize_range(&(cluster..until))).unwrap_or_default(),
        };
        start = stop;
        Some(found)
    })
}

fn usize_range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::{Length, Point};
    use crate::scene::{FontId, Ink};

    fn scene(text: &str, starts: &[u32]) -> (Scene, Text) {
        let glyph = |cluster: &u32| Glyph { id: 7, advance: 500, dx: 0, dy: 0, cluster: *cluster };
        let item = Text {
            font: FontId(0),
            size: Length::pt(10.0),
            ink: Ink::BLACK,
            origin: Point::ORIGIN,
            text: 0..text.len() as u32,
            glyphs: 0..starts.len() as u32,
        };
        let glyphs = starts.iter().map(glyph).collect();
        (Scene { items: Vec::new(), text: text.into(), glyphs }, item)
    }

    fn texts(text: &str, starts: &[u32]) -> Vec<(usize, String)> {
        let (scene, item) = scene(text, starts);
        clusters(&scene, &item).map(|c| (c.glyphs.len(), c.text.to_owned())).collect()
    }

    #[test]
    fn ligatures_and_marks_keep_their_characters() {
        let expected = [(1, "o".into()), (1, "ffi".into()), (2, "e\u{301}".into())];
        assert_eq!(texts("offie\u{301}", &[0, 1, 4, 4]), expected);
    }

    #[test]
    fn glyphs_from_right_to_left_find_their_characters() {
        let expected = [(1, "ג".into()), (1, "ב".into()), (1, "א".into())];
        assert_eq!(texts("אבג", &[4, 2, 0]), expected);
    }

    #[test]
    fn ranges_outside_of_the_scene_give_nothing() {
        let (scene, item) = scene("abc", &[0, 1, 2]);
        assert_eq!(clusters(&scene, &Text { glyphs: 2..9, ..item.clone() }).count(), 0);
        let broken = Text { text: 0..99, ..item };
        assert_eq!(clusters(&scene, &broken).last().unwrap().text, "");
    }
}
