//! What a person read on the calibration sheet, as it is typed: `H38,V43,R38,scale-x=98.7`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::impose::Register;
use crate::impose::calibration::{Calibration, LAST, Reading};
use crate::length::{Axes, Length, Point};
use crate::problem::{Diagnostic, did_you_mean};

/// The names of the scales, in their order on the sheet.
const SCALES: [&str; 3] = ["H", "V", "R"];

/// What can be said beside them.
const MEASURES: [&str; 5] = ["x", "y", "angle", "scale-x", "scale-y"];

/// The furthest that a back may be off: what is more is no matter of register.
const FURTHEST: Length = Length::mm(20.0);

/// The most that a back may be turned, in degrees.
const STEEPEST: f64 = 5.0;

/// What the bar of 100 mm may measure, in millimetres.
const BAR: std::ops::RangeInclusive<f64> = 90.0..=110.0;

/// A key, a number or two, a unit.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    let item = r#"(?xi) ^ ([a-z]+ (?:[-_][a-z]+)?) \s*[=:]?\s*
        ([-+−]? (?:\d+ (?:[.,]\d+)? | \.\d+) (?:/[hvr]?\d+)?)
        \s* (mm|cm|inches|inch|in|pt|degrees|deg|°|%|"|″)? \s* (?:[,;\s]+|$)"#;
    Regex::new(item).unwrap_or_else(|error| unreachable!("the pattern is constant: {error}"))
});

/// What was told of a printer: readings of the scales, or lengths and angle, and the scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    readings: [Option<Reading>; 3],
    x: Option<Length>,
    y: Option<Length>,
    angle: Option<f64>,
    scale: [Option<f64>; 2],
}

impl Told {
    /// Reads what was typed, or tells everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader::default();
        let mut rest = text.trim_start_matches(is_between);
        while !rest.is_empty() {
            rest = match ITEM.captures(rest) {
                Some(item) => {
                    reader.take(&item);
                    &rest[item[0].len()..]
                }
                None => {
                    let end = rest.find([',', ';']).unwrap_or(rest.len());
                    reader.stray(rest[..end].trim());
                    rest[end..].trim_start_matches(is_between)
                }
            };
        }
        reader.finish()
    }

    /// Returns whether there are readings of the scales.
    pub fn has_readings(&self) -> bool {
        self.readings.iter().any(Option::is_some)
    }

    /// Returns whether a reading is the last of its scale, behind which more may be.
    pub fn is_at_an_end(&self) -> bool {
        self.readings.iter().flatten().any(Reading::is_at_an_end)
    }

    /// Returns the error of the printer as it was read on `sheet`.
    pub fn read_on(&self, sheet: &Calibration) -> Register {
        match self.readings {
            [Some(h), Some(v), Some(r)] => sheet.solve([h, v, r], self.scale()),
            _ => self.measured(),
        }
    }

    /// Returns the error of the printer as lengths and angle tell it.
    pub fn measured(&self) -> Register {
        let shift = Point::new(self.x.unwrap_or_default(), self.y.unwrap_or_default());
        Register { shift, angle: self.angle.unwrap_or_default(), scale: self.scale() }
    }

    fn scale(&self) -> Axes<f64> {
        let [x, y] = self.scale.map(|measured| measured.unwrap_or(100.0) / 100.0);
        Axes { x, y }
    }
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || [',', ';'].contains(&c)
}

/// One thing that was told.
struct Item<'t> {
    /// Its name, in lower case.
    key: String,
    /// Its number, or two with a stroke between, with decimal points.
    number: String,
    /// Its unit, in lower case; nothing where none is said.
    unit: String,
    /// All of it, as it was typed.
    whole: &'t str,
}

impl<'t> Item<'t> {
    fn of(captures: &Captures<'t>) -> Self {
        let part = |at| captures.get(at).map_or("", |part| part.as_str());
        Self {
            key: part(1).replace('_', "-").to_lowercase(),
            number: part(2).replace(',', ".").replace('−', "-"),
            unit: part(3).to_lowercase(),
            whole: part(0).trim_matches(is_between),
        }
    }
}

/// Takes item after item, remembering what was wrong.
#[derive(Default)]
struct Reader {
    told: Told,
    keys: Vec<String>,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn take(&mut self, captures: &Captures) {
        let item = Item::of(captures);
        let Item { key, whole, .. } = &item;
        let Some(name) = SCALES.iter().chain(&MEASURES).find(|name| key.eq_ignore_ascii_case(name))
        else {
            return self.unknown(whole, key);
        };
        if self.keys.contains(key) {
            let found = format!("`{name}` is said twice");
            self.problems.push(problem(found).help("take one of the two away"));
        }
        let found = match &key[..] {
            "h" | "v" | "r" => self.reading(name, &item),
            "x" | "y" => self.length(name, &item),
            "angle" => self.angle(&item),
            _ => self.scale(name, &item),
        };
        self.problems.extend(found.err().map(|problem| *problem));
        self.keys.push(item.key);
    }

    fn reading(&mut self, name: &str, item: &Item) -> Result<(), Box<Diagnostic>> {
        let Item { number, unit, whole, .. } = item;
        let (first, second) = number.split_once('/').unwrap_or((number, number));
        let second = second.trim_start_matches(|c: char| c.is_alphabetic());
        let numbers = first.parse().ok().zip(second.parse().ok()).filter(|_| unit.is_empty());
        let reading = numbers.and_then(|(first, second)| Reading::new(first, second));
        let at = SCALES.iter().position(|scale| *scale == name).unwrap_or_default();
        self.told.readings[at] = Some(reading.ok_or_else(|| {
            let on_scale = format!("{name}1 to {name}{LAST}");
            let expected = format!(
                "a number of that scale, {on_scale}, or two neighbours such as {name}41/42"
            );
            problem(format!("`{whole}` is not on the scale")).expected(expected).help(RULER)
        })?);
        Ok(())
    }

    fn length(&mut self, name: &str, item: &Item) -> Result<(), Box<Diagnostic>> {
        let Item { number, unit, whole, .. } = item;
        let is_nothing = unit.is_empty() && number.parse() == Ok(0.0);
        let text = if is_nothing { "0mm".into() } else { format!("{number}{unit}") };
        let length: Length =
            text.parse().map_err(|error| problem(format!("`{whole}`: {error}")))?;
        if length.abs() > FURTHEST {
            let found = format!("`{whole}` is more than a printer is off");
            let expected = format!("{name} from -{FURTHEST} to {FURTHEST}");
            let help = "see whether `--flip` names the edge that the printer turns sheets about";
            return Err(problem(found).expected(expected).help(help).into());
        }
        let place = if name == "x" { &mut self.told.x } else { &mut self.told.y };
        *place = Some(length);
        Ok(())
    }

    fn angle(&mut self, item: &Item) -> Result<(), Box<Diagnostic>> {
        let Item { number, unit, whole, .. } = item;
        let is_unit = ["", "°", "deg", "degrees"].contains(&&unit[..]);
        let angle = number.parse().ok().filter(|angle: &f64| is_unit && angle.abs() <= STEEPEST);
        self.told.angle = Some(angle.ok_or_else(|| {
            problem(format!("`{whole}` is no turn of a back"))
                .expected(format!("angle from -{STEEPEST} to {STEEPEST}, in degrees"))
                .help("one millimetre over the width of the paper is about 0.3 degrees")
        })?);
        Ok(())
    }

    fn scale(&mut self, name: &str, item: &Item) -> Result<(), Box<Diagnostic>> {
        let Item { number, unit, whole, .. } = item;
        let is_unit = ["", "mm", "%"].contains(&&unit[..]);
        let measured = number.parse().ok().filter(|mm| is_unit && BAR.contains(mm));
        let at = usize::from(name == "scale-y");
        self.told.scale[at] = Some(measured.ok_or_else(|| {
            problem(format!("`{whole}` is no length of the bar"))
                .expected(format!(
                    "{name} from {} to {}: what the bar of 100 mm measures",
                    BAR.start(),
                    BAR.end()
                ))
                .help("print at 100 %, not fitted to the page, and measure again")
        })?);
        Ok(())
    }

    fn unknown(&mut self, whole: &str, key: &str) {
        let problem = problem(format!("`{whole}` is nothing that can be told of a printer"));
        self.problems.push(match did_you_mean(key, MEASURES) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.expected(expected()),
        });
    }

    fn stray(&mut self, text: &str) {
        self.problems.push(problem(format!("`{text}` cannot be read")).expected(expected()));
    }

    /// Tells what is missing, and what says the same in two ways.
    fn finish(mut self) -> Result<Told, Vec<Diagnostic>> {
        let said = |name: &str| self.keys.iter().any(|key| key.eq_ignore_ascii_case(name));
        let missing: Vec<&str> = SCALES.into_iter().filter(|name| !said(name)).collect();
        if self.keys.is_empty() && self.problems.is_empty() {
            self.problems.push(problem("nothing is told".to_owned()).expected(expected()));
        } else if (1..SCALES.len()).contains(&missing.len()) {
            let found = format!("no reading of {} is there", missing.join(" and "));
            let help = "read all three scales of one sheet: only together they tell shift and turn";
            self.problems.push(problem(found).help(help));
        }
        let lengths: Vec<&str> = MEASURES[..3].iter().copied().filter(|name| said(name)).collect();
        if missing.len() < SCALES.len() && !lengths.is_empty() {
            let found = format!("{} and readings of the scales say the same", lengths.join(", "));
            self.problems.push(problem(found).help("take one of the two away"));
        }
        if self.problems.is_empty() { Ok(self.told) } else { Err(self.problems) }
    }
}

/// What helps where the scales do not reach.
const RULER: &str = "where no tick lies on its line, the back is more than 4 mm off: measure with a \
                     ruler how far it lies to the right and down, and say so as x=6mm,y=-5mm";

fn problem(found: String) -> Diagnostic {
    Diagnostic::error("bad-reading", found)
}

fn expected() -> &'static str {
    "readings such as H38,V43,R38, or x=0.6mm, y=-1.2mm, angle=0.15, scale-x=98.7, scale-y=99.2"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Told {
        Told::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
    }

    fn refused(text: &str) -> Vec<String> {
        let problems = Told::parse(text).expect_err(text);
        problems.into_iter().map(|problem| problem.found).collect()
    }

    #[test]
    fn order_case_and_separators_do_not_matter() {
        let plain = told("H7,V3/4,R2,scale-x=98.7");
        for text in [
            "scale-x = 98,7 mm ; r2; v4/v3 ;h7",
            "H 7 V3/4 R2 SCALE_X:98.7%",
            " h=7,r=2,v=4/3,scale-x=98,70,",
        ] {
            let other = told(text);
            assert_eq!(other.scale, plain.scale, "{text}");
            assert_eq!(other.readings[0], plain.readings[0], "{text}");
            assert_eq!(other.readings[2], plain.readings[2], "{text}");
            assert!(other.has_readings() && other.readings[1].is_some(), "{text}");
        }
    }

    #[test]
    fn lengths_and_angle_are_told_with_either_comma() {
        let register = told("x=0.6mm,y=-1.2mm,angle=0.15,scale-x=100.3,scale-y=99.8").measured();
        let scale = Axes { x: 1.003, y: 0.998 };
        let shift = Point::mm(0.6, -1.2);
        assert_eq!(register, Register { shift, angle: 0.15, scale });
        let same = told("angle=0,15°;x=0,06cm,y=−1,2 mm,scale-y=99,8,scale-x=100,3");
        assert_eq!(same.measured(), register);
        assert_eq!(told("x=0").measured(), Register::default());
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let found = refused("H82,V0,scale-x=60,x=40mm,angle=20,skale-y=99,R__");
        assert_eq!(
            found,
            [
                "`H82` is not on the scale",
                "`V0` is not on the scale",
                "`scale-x=60` is no length of the bar",
                "`x=40mm` is more than a printer is off",
                "`angle=20` is no turn of a back",
                "`skale-y=99` is nothing that can be told of a printer",
                "`R__` cannot be read",
                "no reading of R is there",
                "x, angle and readings of the scales say the same",
            ]
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (text, found) in [
            ("", "nothing is told"),
            ("H41", "no reading of V and R is there"),
            ("H41,V41,R41,h41", "`H` is said twice"),
            ("H40/43,V1,R1", "`H40/43` is not on the scale"),
            ("H41.5,V1,R1", "`H41.5` is not on the scale"),
            ("x=6", "`x=6`: `6` needs a unit: mm, cm, in or pt, such as `6mm`"),
            ("x=6px", "`x=6px` cannot be read"),
        ] {
            assert_eq!(refused(text)[0], found, "{text}");
        }
    }
}
