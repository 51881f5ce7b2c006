//! The description of a document for programs that read XMP (ISO 16684-1).

use printpdf::OffsetDateTime;

use super::{PRODUCER, PdfOptions};

/// Returns the metadata packet of a document.
pub(super) fn packet(options: &PdfOptions) -> String {
    let mut fields = String::new();
    let title = alternative(&options.title);
    let subject = alternative(&options.subject);
    let author = listed("rdf:Seq", &options.author);
    let language = listed("rdf:Bag", &options.language);
    let date = options.date.and_then(time_stamp).unwrap_or_default();
    for (name, value) in [
        ("dc:title", title),
        ("dc:creator", author),
        ("dc:description", subject),
        ("dc:language", language),
        ("pdf:Producer", PRODUCER.into()),
        ("xmp:CreatorTool", PRODUCER.into()),
        ("xmp:CreateDate", date.clone()),
        ("xmp:ModifyDate", date.clone()),
        ("xmp:MetadataDate", date),
    ] {
        if !value.is_empty() {
            fields.push_str(&format!("<{name}>{value}</{name}>\n"));
        }
    }
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         {fields}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

fn alternative(text: &str) -> String {
    match text {
        "" => String::new(),
        text => {
            format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escaped(text))
        }
    }
}

fn listed(list: &str, text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("<{list}><rdf:li>{}</rdf:li></{list}>", escaped(text)),
    }
}

/// Returns text for XML; what XML cannot hold even escaped becomes the replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", c as u32)),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}

/// Returns a moment, in seconds since 1970, as XMP writes it, if its year has four digits.
fn time_stamp(seconds: i64) -> Option<String> {
    let moment = moment(seconds)?;
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        moment.year(),
        u8::from(moment.month()),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second()
    ))
}

/// Returns a moment, in seconds since 1970, if its year has four digits.
pub(super) fn moment(seconds: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(seconds).ok().filter(|m| (0..=9999).contains(&m.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_universal_time() {
        assert_eq!(time_stamp(951_782_400).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(time_stamp(i64::MAX), None);
    }

    #[test]
    fn hostile_titles_stay_inside_their_element() {
        let title = "</rdf:li> & \u{1} ]]>\r".to_owned();
        let packet = packet(&PdfOptions { title, ..PdfOptions::default() });
        let expected = "x-default\">&lt;/rdf:li&gt; &amp; \u{FFFD} ]]&gt;&#13;</rdf:li>";
        assert!(packet.contains(expected), "{packet}");
        assert!(!packet.contains("Date"), "{packet}");
    }
}
