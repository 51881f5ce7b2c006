//! From strips to pages.

use std::ops::Range;

use crate::length::Length;

use super::strip::{Bond, Strip};

/// The strips of a page, each with its distance from the top.
pub(super) type Sheet<'s> = Vec<(Length, &'s Strip)>;

/// Returns the strips parted into pages of `height`; one at least.
pub(super) fn paged<'s>(
    strips: &'s [Strip],
    headers: &'s [Vec<Strip>],
    height: Length,
) -> Vec<Sheet<'s>> {
    let mut pager =
        Pager { strips, headers, height, sheets: vec![Vec::new()], y: Length::ZERO, is_new: true };
    for range in stretches(strips, 0..strips.len(), Bond::Kept) {
        pager.place(range, Bond::Kept);
    }
    pager.sheets
}

struct Pager<'s> {
    strips: &'s [Strip],
    headers: &'s [Vec<Strip>],
    height: Length,
    sheets: Vec<Sheet<'s>>,
    /// How far down the last sheet is full.
    y: Length,
    /// Whether there is nothing on the last sheet, or only a header.
    is_new: bool,
}

impl Pager<'_> {
    /// Places strips that hang together by `bond` or more: on this page, on the next, or parted
    /// where the bond is weakest.
    fn place(&mut self, range: Range<usize>, bond: Bond) {
        let first = &self.strips[range.start];
        if first.breaks && !self.is_new {
            self.turn(range.start);
        }
        let heights = self.strips[range.clone()].iter().map(|strip| strip.gap + strip.height);
        let whole: Length = heights.sum();
        let needed = whole - if self.is_new { first.gap } else { Length::ZERO };
        if self.y + needed <= self.height {
            range.for_each(|at| self.put(at));
        } else if self.over(range.start) + whole - first.gap <= self.height {
            self.turn(range.start);
            range.for_each(|at| self.put(at));
        } else if bond == Bond::Kept {
            for part in stretches(self.strips, range, Bond::Fast) {
                self.place(part, Bond::Fast);
            }
        } else {
            for at in range {
                let strip = &self.strips[at];
                if !self.is_new && self.y + strip.gap + strip.height > self.height {
                    self.turn(at);
                }
                self.put(at);
            }
        }
    }

    /// Returns the height of the header over a strip that begins a page.
    fn over(&self, at: usize) -> Length {
        let header = self.strips[at].header.map_or(&[][..], |header| &self.headers[header]);
        header.iter().map(|strip| strip.height).sum()
    }

    /// Begins a page whose first strip is the one at `at`.
    fn turn(&mut self, at: usize) {
        self.y = Length::ZERO;
        let mut sheet = Vec::new();
        if let Some(header) = self.strips[at].header {
            for strip in &self.headers[header] {
                sheet.push((self.y, strip));
                self.y += strip.height;
            }
        }
        self.sheets.push(sheet);
        self.is_new = true;
    }

    fn put(&mut self, at: usize) {
        let strip = &self.strips[at];
        if !self.is_new {
            self.y += strip.gap;
        }
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push((self.y, strip));
        }
        self.y += strip.height;
        self.is_new = false;
    }
}

/// Returns the stretches of strips in `range` that hang together by `bond` or more.
fn stretches(strips: &[Strip], range: Range<usize>, bond: Bond) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for at in range {
        match parts.last_mut() {
            Some(part) if strips[at].bond >= bond && !strips[at].breaks => part.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    parts
}
