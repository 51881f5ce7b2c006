//! Soundings: the figures that say how deep it is, where there is room for them.

use std::f64::consts::TAU;

use kurbo::{Point, Vec2};

use super::chance::Chance;
use super::field::Sea;

/// The columns and rows of the net in which places are tried.
const NET: (usize, usize) = (6, 8);

/// How many places are tried in each cell of the net.
const TRIES: usize = 24;

/// How far from the trim figures stand, in millimetres: the safe area.
const INSIDE: f64 = 5.0;

/// The shallowest water around a sounding.
const SHALLOWEST: f64 = 0.1;

/// A depth that is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sounding {
    /// Where it is taken, in millimetres.
    pub at: Point,
    /// How deep it is there.
    pub depth: f64,
}

/// The room that soundings need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// The radius around each that no line crosses, in millimetres.
    pub clear: f64,
    /// The distance from one to the next, in millimetres.
    pub apart: f64,
    /// The least depth that is told.
    pub from: f64,
}

/// Returns the soundings of the sea of `title`: in each cell of a net the place, of 24 tried, that
/// is farthest in depth from a line.
pub fn soundings(sea: &Sea, title: &str, room: Room) -> Vec<Sounding> {
    let mut chance = Chance::new(&format!("{title}|soundings"));
    let card = sea.scale.card;
    let cell = Vec2::new(card.x / NET.0 as f64, card.y / NET.1 as f64);
    let around = around(room.clear);
    let mut taken: Vec<Sounding> = Vec::new();
    for n in 0..NET.0 * NET.1 {
        let corner = Vec2::new((n % NET.0) as f64 * cell.x, (n / NET.0) as f64 * cell.y);
        let tries = [(); TRIES].map(|()| {
            let (right, down) = (chance.draw(), chance.draw());
            (corner + Vec2::new(right * cell.x, down * cell.y)).to_point()
        });
        taken.extend(best(sea, &tries, (room, &around), &taken));
    }
    taken
}

/// Returns 16 points on the circle of radius `clear` about the origin, and 16 on that of half.
fn around(clear: f64) -> Vec<Vec2> {
    let turns = (0..16).map(|n| libm::sincos(TAU * f64::from(n) / 16.0));
    turns.flat_map(|(y, x)| [Vec2::new(x, y) * clear, Vec2::new(x, y) * (clear / 2.0)]).collect()
}

fn best(
    sea: &Sea,
    tries: &[Point],
    (room, around): (Room, &[Vec2]),
    taken: &[Sounding],
) -> Option<Sounding> {
    let card = sea.scale.card;
    let inside = kurbo::Rect::new(0.0, 0.0, card.x, card.y).inset(-INSIDE);
    tries
        .iter()
        .filter(|at| inside.contains(**at))
        .filter(|at| taken.iter().all(|other| other.at.distance(**at) >= room.apart))
        .map(|at| Sounding { at: *at, depth: sea.depth(*at) })
        .filter(|sounding| sounding.depth >= room.from && is_clear(sea, *sounding, around))
        .max_by(|a, b| off_line(a.depth).total_cmp(&off_line(b.depth)))
}

/// Returns whether no line comes near `sounding`: all around lies in its half step of depth.
fn is_clear(sea: &Sea, sounding: Sounding, around: &[Vec2]) -> bool {
    let step = half_step(sounding.depth);
    sounding.depth >= SHALLOWEST
        && around.iter().all(|offset| {
            let depth = sea.depth(sounding.at + *offset);
            depth >= SHALLOWEST && half_step(depth) == step
        })
}

fn half_step(depth: f64) -> f64 {
    (2.0 * depth).floor()
}

/// Returns how far `depth` is from the nearest line, up to 0.25.
fn off_line(depth: f64) -> f64 {
    let above = depth - half_step(depth) / 2.0;
    above.min(0.5 - above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Size;

    const HOME: Room = Room { clear: 2.1, apart: 8.5, from: 0.0 };
    const PRESS: Room = Room { clear: 2.0, apart: 13.0, from: 1.0 };

    #[test]
    fn soundings_keep_their_distances() {
        for (title, room) in [("Intimacy", HOME), ("Intimacy", PRESS), ("Friends", HOME)] {
            let sea = Sea::new(title, Size::mm(63.0, 88.0)).expect("poker is a card");
            let found = soundings(&sea, title, room);
            assert!(found.len() >= 5, "{title}: {}", found.len());
            for (n, one) in found.iter().enumerate() {
                assert!((5.0..=58.0).contains(&one.at.x) && (5.0..=83.0).contains(&one.at.y));
                assert!(one.depth >= room.from.max(SHALLOWEST));
                assert!(found[..n].iter().all(|other| other.at.distance(one.at) >= room.apart));
            }
        }
    }

    #[test]
    fn no_line_runs_through_a_sounding() {
        let sea = Sea::new("Intimacy", Size::mm(63.0, 88.0)).expect("poker is a card");
        let lines = super::super::contour::contours(
            &sea.grid(kurbo::Rect::new(0.0, 0.0, 63.0, 88.0)),
            &[0.0, 0.5, 1.0, 1.5, 2.0, 2.5],
        );
        let points = || lines.iter().flatten().flat_map(|chain| &chain.points);
        for sounding in soundings(&sea, "Intimacy", HOME) {
            let nearest = points().map(|point| point.distance(sounding.at)).fold(99.0, f64::min);
            assert!(nearest > 2.0, "{nearest}");
        }
    }
}
