//! Lengths, points, sizes and rectangles: the only place that knows about units.
//!
//! A [`Length`] counts EMU (English Metric Units): 36,000 to the millimetre, 12,700 to the point
//! and 914,400 to the inch. All three units are exact, so "does it fit?" never needs a tolerance.
//! The origin is always the top left corner; x runs right and y runs down.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;

const EMU_PER_MM: f64 = 36_000.0;
const EMU_PER_PT: f64 = 12_700.0;
const EMU_PER_INCH: f64 = 914_400.0;

/// A length, exact in millimetres, points and inches alike.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(i64);

impl Length {
    /// No length at all.
    pub const ZERO: Self = Self(0);

    /// The length of `mm` millimetres, rounded to the nearest EMU.
    pub const fn mm(mm: f64) -> Self {
        Self::from_units(mm, EMU_PER_MM)
    }

    /// The length of `pt` points (1/72 inch), rounded to the nearest EMU.
    pub const fn pt(pt: f64) -> Self {
        Self::from_units(pt, EMU_PER_PT)
    }

    /// The length of `inches` inches, rounded to the nearest EMU.
    pub const fn inches(inches: f64) -> Self {
        Self::from_units(inches, EMU_PER_INCH)
    }

    /// The length of `emu` EMU.
    pub const fn emu(emu: i64) -> Self {
        Self(emu)
    }

    const fn from_units(value: f64, per_unit: f64) -> Self {
        let emu = value * per_unit;
        Self(if emu < 0.0 { (emu - 0.5) as i64 } else { (emu + 0.5) as i64 })
    }

    /// Returns the length in millimetres.
    pub const fn to_mm(self) -> f64 {
        self.0 as f64 / EMU_PER_MM
    }

    /// Returns the length in points.
    pub const fn to_pt(self) -> f64 {
        self.0 as f64 / EMU_PER_PT
    }

    /// Returns the length in inches.
    pub const fn to_inches(self) -> f64 {
        self.0 as f64 / EMU_PER_INCH
    }

    /// Returns the count of EMU.
    pub const fn to_emu(self) -> i64 {
        self.0
    }

    /// Returns the length times `factor`, rounded to the nearest EMU.
    pub fn scaled(self, factor: f64) -> Self {
        Self((self.0 as f64 * factor).round() as i64)
    }

    /// Returns the length without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Returns how many whole `step`s fit into this length; 0 where `step` is not positive.
    pub const fn times(self, step: Self) -> i64 {
        if step.0 <= 0 || self.0 <= 0 { 0 } else { self.0 / step.0 }
    }

    /// Returns this length over another, as a plain ratio.
    pub fn ratio(self, other: Self) -> f64 {
        self.0 as f64 / other.0 as f64
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, factor: i64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<i64> for Length {
    type Output = Self;
    fn div(self, divisor: i64) -> Self {
        Self(self.0 / divisor)
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Length {
    /// Writes millimetres with as few digits as say it to a thousandth: `63 mm`, `3.175 mm`.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} mm", trimmed(self.to_mm()))
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}mm", trimmed(self.to_mm()))
    }
}

/// Writes a number with at most three decimals and no trailing zeros.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// The reason why a text is no length or no size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LengthError {
    /// The text has no number where one was expected.
    #[error("`{0}` is not a length; write a number and a unit, such as `3mm`, `0.125in` or `9pt`")]
    NoNumber(String),
    /// The text has a number but no unit, or one that is not known.
    #[error("`{text}` needs a unit: mm, cm, in or pt, such as `{number}mm`")]
    NoUnit {
        /// The text.
        text: String,
        /// The number in it, or both for a size.
        number: String,
    },
    /// The number is too large to be a length on paper.
    #[error("`{0}` is larger than any paper (10 m at most)")]
    Absurd(String),
    /// The text is not two lengths joined by `x`.
    #[error(
        "`{0}` is not a size; write width x height and a unit, such as `70x120mm` or `2.5x3.5in`"
    )]
    NoSize(String),
}

impl LengthError {
    fn no_unit(text: &str, number: &str) -> Self {
        Self::NoUnit { text: text.into(), number: number.into() }
    }
}

impl FromStr for Length {
    type Err = LengthError;

    /// Reads `3mm`, `3 mm`, `0.3cm`, `1/8in`, `2.5"`, `9pt`; a decimal comma is understood.
    fn from_str(text: &str) -> Result<Self, LengthError> {
        let (digits, unit) = split_unit(text);
        let number = parse_number(digits).ok_or_else(|| LengthError::NoNumber(text.into()))?;
        let per_unit = unit_in_emu(unit).ok_or_else(|| LengthError::no_unit(text, digits))?;
        checked(number, per_unit, text)
    }
}

fn checked(number: f64, per_unit: f64, text: &str) -> Result<Length, LengthError> {
    if (number * per_unit).abs() > 10_000.0 * EMU_PER_MM {
        return Err(LengthError::Absurd(text.into()));
    }
    Ok(Length::from_units(number, per_unit))
}

fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let start = text
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || "+-.,/ ".contains(*c)))
        .map_or(text.len(), |(at, _)| at);
    (text[..start].trim(), text[start..].trim())
}

fn parse_number(text: &str) -> Option<f64> {
    if let Some((top, bottom)) = text.split_once('/') {
        let (top, bottom) = (parse_number(top)?, parse_number(bottom)?);
        return (bottom != 0.0).then(|| top / bottom);
    }
    text.replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite())
}

fn unit_in_emu(unit: &str) -> Option<f64> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "mm" => EMU_PER_MM,
        "cm" => EMU_PER_MM * 10.0,
        "pt" => EMU_PER_PT,
        "in" | "inch" | "inches" | "\"" | "″" => EMU_PER_INCH,
        _ => return None,
    })
}

/// A place, measured from the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    /// The distance from the left edge.
    pub x: Length,
    /// The distance from the top edge.
    pub y: Length,
}

impl Point {
    /// The top left corner itself.
    pub const ORIGIN: Self = Self { x: Length::ZERO, y: Length::ZERO };

    /// The point at `x` and `y`.
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }

    /// The point at `x` and `y` millimetres.
    pub const fn mm(x: f64, y: f64) -> Self {
        Self { x: Length::mm(x), y: Length::mm(y) }
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// The extent from left to right.
    pub width: Length,
    /// The extent from top to bottom.
    pub height: Length,
}

impl Size {
    /// The size of `width` by `height`.
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }

    /// The size of `width` by `height` millimetres.
    pub const fn mm(width: f64, height: f64) -> Self {
        Self { width: Length::mm(width), height: Length::mm(height) }
    }

    /// Returns the size turned by a quarter.
    pub const fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// Returns the size as flags and files have it, in millimetres with all digits; what people are shown is
    /// rounded.
    pub fn as_written(self) -> String {
        format!("{}x{}mm", self.width.to_mm(), self.height.to_mm())
    }

    /// Returns whether the width is greater than the height.
    pub fn is_landscape(self) -> bool {
        self.width > self.height
    }

    /// Returns whether this size fits into `other` without turning.
    pub fn fits(self, other: Self) -> bool {
        self.width <= other.width && self.height <= other.height
    }
}

impl fmt::Display for Size {
    /// Writes `63 × 88 mm`.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} × {} mm", trimmed(self.width.to_mm()), trimmed(self.height.to_mm()))
    }
}

impl FromStr for Size {
    type Err = LengthError;

    /// Reads `70x120mm`, `2.5 x 3.5 in`, `63×88mm`, `70mm x 12cm`.
    fn from_str(text: &str) -> Result<Self, LengthError> {
        let no_size = || LengthError::NoSize(text.into());
        let lower = text.trim().to_lowercase();
        let (width, height) = lower.split_once(['x', '×', '*']).ok_or_else(no_size)?;
        let (height_number, unit) = split_unit(height);
        let (width_number, width_unit) = split_unit(width);
        let (Some(w), Some(h)) = (parse_number(width_number), parse_number(height_number)) else {
            return Err(no_size());
        };
        let number = format!("{width_number}x{height_number}");
        let per_height = unit_in_emu(unit).ok_or_else(|| LengthError::no_unit(text, &number))?;
        let per_width = match width_unit {
            "" => per_height,
            unit => unit_in_emu(unit).ok_or_else(no_size)?,
        };
        Ok(Self::new(checked(w, per_width, text)?, checked(h, per_height, text)?))
    }
}

/// A rectangle: its top left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    /// The top left corner.
    pub origin: Point,
    /// The extent right and down from there.
    pub size: Size,
}

impl Rect {
    /// The rectangle of `size` whose top left corner is `origin`.
    pub const fn new(origin: Point, size: Size) -> Self {
        Self { origin, size }
    }

    /// Returns the left edge.
    pub const fn left(self) -> Length {
        self.origin.x
    }

    /// Returns the top edge.
    pub const fn top(self) -> Length {
        self.origin.y
    }

    /// Returns the right edge.
    pub fn right(self) -> Length {
        self.origin.x + self.size.width
    }

    /// Returns the bottom edge.
    pub fn bottom(self) -> Length {
        self.origin.y + self.size.height
    }

    /// Returns the rectangle grown outward by `sides`; negative sides shrink it.
    pub fn grown(self, sides: Sides<Length>) -> Self {
        Self {
            origin: Point::new(self.left() - sides.left, self.top() - sides.top),
            size: Size::new(
                self.size.width + sides.left + sides.right,
                self.size.height + sides.top + sides.bottom,
            ),
        }
    }

    /// Returns whether `other` lies inside this rectangle; touching the edge is inside.
    pub fn contains(self, other: Self) -> bool {
        self.left() <= other.left()
            && self.top() <= other.top()
            && self.right() >= other.right()
            && self.bottom() >= other.bottom()
    }

    /// Returns whether both share an area; touching edges share none.
    pub fn overlaps(self, other: Self) -> bool {
        self.left() < other.right()
            && other.left() < self.right()
            && self.top() < other.bottom()
            && other.top() < self.bottom()
    }

    /// Returns the smallest rectangle that holds both.
    pub fn union(self, other: Self) -> Self {
        let origin = Point::new(self.left().min(other.left()), self.top().min(other.top()));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { origin, size: Size::new(right - origin.x, bottom - origin.y) }
    }
}

/// A value for each of the four sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sides<T> {
    /// The value at the left.
    pub left: T,
    /// The value at the top.
    pub top: T,
    /// The value at the right.
    pub right: T,
    /// The value at the bottom.
    pub bottom: T,
}

impl<T: Copy> Sides<T> {
    /// The same value on all four sides.
    pub const fn all(value: T) -> Self {
        Self { left: value, top: value, right: value, bottom: value }
    }
}

/// A value for each of the two directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Axes<T> {
    /// The value from left to right.
    pub x: T,
    /// The value from top to bottom.
    pub y: T,
}

impl<T: Copy> Axes<T> {
    /// The same value in both directions.
    pub const fn all(value: T) -> Self {
        Self { x: value, y: value }
    }
}

impl Neg for Sides<Length> {
    type Output = Self;
    fn neg(self) -> Self {
        Self { left: -self.left, top: -self.top, right: -self.right, bottom: -self.bottom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_units_are_exact() {
        assert_eq!(Length::inches(1.0), Length::mm(25.4));
        assert_eq!(Length::pt(72.0), Length::inches(1.0));
        assert_eq!(Length::mm(59.4) * 5, Length::mm(297.0));
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for text in ["3.175mm", " 3,175 mm", "1/8in", "0.125\"", "9pt"] {
            assert_eq!(text.parse::<Length>(), Ok(Length::inches(0.125)), "{text}");
        }
        assert_eq!("0.3cm".parse::<Length>(), Ok(Length::mm(3.0)));
        assert!(matches!("3".parse::<Length>(), Err(LengthError::NoUnit { .. })));
        assert!(matches!("wide".parse::<Length>(), Err(LengthError::NoNumber(_))));
        assert!(matches!("9e99mm".parse::<Length>(), Err(LengthError::NoUnit { .. })));
        let told = |text: &str| text.parse::<Length>().unwrap_err().to_string();
        assert!(told("1e300mm").ends_with("such as `1mm`"), "{}", told("1e300mm"));
        assert!(told("3").ends_with("such as `3mm`"), "{}", told("3"));
        assert!(matches!("99999999mm".parse::<Length>(), Err(LengthError::Absurd(_))));
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!("70x120mm".parse::<Size>(), Ok(Size::mm(70.0, 120.0)));
        assert_eq!("7cm × 120 mm".parse::<Size>(), Ok(Size::mm(70.0, 120.0)));
        assert_eq!("2.5x3.5in".parse::<Size>(), Ok(Size::mm(63.5, 88.9)));
        assert!(matches!("70x120".parse::<Size>(), Err(LengthError::NoUnit { .. })));
        assert!(matches!("pokr".parse::<Size>(), Err(LengthError::NoSize(_))));
    }

    #[test]
    fn lengths_are_written_without_noise() {
        assert_eq!(Length::mm(63.0).to_string(), "63 mm");
        assert_eq!(Length::inches(0.125).to_string(), "3.175 mm");
        assert_eq!(Size::mm(63.0, 88.0).to_string(), "63 × 88 mm");
    }

    #[test]
    fn touching_rectangles_do_not_overlap() {
        let left = Rect::new(Point::ORIGIN, Size::mm(10.0, 10.0));
        let right = Rect::new(Point::mm(10.0, 0.0), Size::mm(10.0, 10.0));
        assert!(!left.overlaps(right));
        assert!(left.overlaps(right.grown(Sides::all(Length::mm(0.1)))));
        assert!(left.union(right).contains(right));
    }
}
