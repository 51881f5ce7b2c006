//! Pictures: JPEG files as they are, other pixels without loss.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject};

use super::deflate::deflate;
use crate::scene::Bitmap;

/// Returns a picture as printpdf takes streams that it need not understand. Its own way with
/// images would encode them anew.
pub(super) fn image(bitmap: &Bitmap) -> XObject {
    let stream = jpeg(bitmap).unwrap_or_else(|| pixels(bitmap));
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

fn jpeg(bitmap: &Bitmap) -> Option<ExternalStream> {
    let file = bitmap.jpeg.as_ref()?;
    let frame = Frame::read(file)?;
    // A JPEG that says another size was turned or cut after it was read.
    if (frame.width, frame.height) != (bitmap.width, bitmap.height) || frame.depth != 8 {
        return None;
    }
    let space = match frame.components {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        _ => return None,
    };
    Some(stream(bitmap, space, "DCTDecode", file.clone()))
}

/// Returns the pixels as they are, as greys where they have no hue, and how opaque they are.
fn pixels(bitmap: &Bitmap) -> ExternalStream {
    let flat = |space, bytes: &[u8]| stream(bitmap, space, "FlateDecode", deflate(bytes));
    let hueless =
        bitmap.rgb.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let mut stream = if hueless {
        let greys: Vec<u8> = bitmap.rgb.iter().copied().step_by(3).collect();
        flat("DeviceGray", &greys)
    } else {
        flat("DeviceRGB", &bitmap.rgb)
    };
    if let Some(alpha) = &bitmap.alpha {
        let mask = DictItem::Stream { stream: flat("DeviceGray", alpha) };
        stream.dict.insert("SMask".into(), mask);
    }
    stream
}

fn stream(bitmap: &Bitmap, space: &str, filter: &str, content: Vec<u8>) -> ExternalStream {
    let name = |name: &str| DictItem::Name(name.into());
    let dict = BTreeMap::from([
        ("Type".into(), name("XObject")),
        ("Subtype".into(), name("Image")),
        ("Width".into(), DictItem::Int(bitmap.width.into())),
        ("Height".into(), DictItem::Int(bitmap.height.into())),
        ("BitsPerComponent".into(), DictItem::Int(8)),
        ("ColorSpace".into(), name(space)),
        ("Filter".into(), name(filter)),
    ]);
    ExternalStream { dict, content, compress: false }
}

/// What the header of a JPEG file says about its pixels.
#[derive(Debug, PartialEq, Eq)]
struct Frame {
    width: u32,
    height: u32,
    depth: u8,
    components: u8,
}

impl Frame {
    /// Walks over the segments of a JPEG file (ITU-T T.81, annex B) to the header of its frame.
    fn read(file: &[u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(&[0xFF, 0xD8])?;
        loop {
            let [0xFF, marker, high, low, ..] = *rest else { return None };
            let length = usize::from(u16::from_be_bytes([high, low]));
            let is_frame = (0xC0..=0xCF).contains(&marker) && ![0xC4, 0xC8, 0xCC].contains(&marker);
            if is_frame {
                let header: [u8; 6] = rest.get(4..10)?.try_into().ok()?;
                let [depth, h1, h0, w1, w0, components] = header;
                let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                return Some(Self {
                    width: width.into(),
                    height: height.into(),
                    depth,
                    components,
                });
            }
            rest = rest.get(2 + length..)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: [u8; 23] = [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 9, 9, 0xFF, 0xC2, 0, 13, 8, 0, 2, 0, 3, 3, 1, 0x11, 0, 2,
        0x11,
    ];

    #[test]
    fn frames_are_found_behind_other_segments() {
        let frame = Frame { width: 3, height: 2, depth: 8, components: 3 };
        assert_eq!(Frame::read(&HEADER), Some(frame));
        for end in 0..18 {
            assert_eq!(Frame::read(&HEADER[..end]), None);
        }
    }

    #[test]
    fn a_jpeg_of_another_size_is_not_embedded() {
        let bitmap = |width, height| Bitmap {
            width,
            height,
            rgb: vec![0; width as usize * height as usize * 3],
            alpha: None,
            jpeg: Some(HEADER.to_vec()),
        };
        assert!(jpeg(&bitmap(3, 2)).is_some());
        assert!(jpeg(&bitmap(2, 3)).is_none());
    }
}
