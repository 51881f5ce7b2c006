//! Some sheets of a job.

use std::str::FromStr;

/// Numbers of sheets, from 1, as `1`, `3-5`, `7-` or several of these with commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetsArg(Vec<(usize, Option<usize>)>);

impl SheetsArg {
    /// Returns whether the sheet with this number, from 1, is among them.
    pub fn has(&self, number: usize) -> bool {
        let is_in = |&(first, last): &(usize, Option<usize>)| {
            first <= number && last.is_none_or(|last| number <= last)
        };
        self.0.iter().any(is_in)
    }

    /// Returns the largest number that is named.
    pub fn last(&self) -> usize {
        self.0.iter().map(|(first, last)| last.unwrap_or(*first)).max().unwrap_or_default()
    }
}

impl FromStr for SheetsArg {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse().ok().filter(|number| *number > 0);
        let range = |text: &str| match text.split_once('-') {
            None => number(text).map(|number| (number, Some(number))),
            Some((first, last)) if last.trim().is_empty() => Some((number(first)?, None)),
            Some((first, last)) => {
                let (first, last) = (number(first)?, number(last)?);
                (first <= last).then_some((first, Some(last)))
            }
        };
        let ranges: Option<Vec<_>> = text.split(',').map(range).collect();
        ranges.map(Self).ok_or("write numbers of sheets, such as 1 or 3-5,8")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_named_as_pages_are() {
        let has = |text: &str| {
            let sheets: SheetsArg = text.parse().unwrap();
            (1..=9).filter(|number| sheets.has(*number)).collect::<Vec<_>>()
        };
        assert_eq!(has("1"), [1]);
        assert_eq!(has("2-4, 7"), [2, 3, 4, 7]);
        assert_eq!(has("8-"), [8, 9]);
        assert_eq!("2-4,12".parse::<SheetsArg>().map(|sheets| sheets.last()), Ok(12));
        for wrong in ["", "0", "4-2", "a", "1,,2", "-3"] {
            assert!(wrong.parse::<SheetsArg>().is_err(), "{wrong}");
        }
    }
}
