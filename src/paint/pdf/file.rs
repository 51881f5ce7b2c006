//! The outer form of a PDF file: objects as they come, then where each of them stands.

use std::io::{self, Write};

use super::deflate::deflate;
use super::syntax::{push_integer, push_reference};

/// How many small objects share one object stream: more compress better, but a reader must unpack
/// all of them to see one.
const PACK: usize = 200;

/// A file that is written from front to back; only the places of its objects stay in memory.
pub(super) struct PdfFile<W> {
    out: W,
    offset: u64,
    hasher: blake3::Hasher,
    places: Vec<Place>,
    pack: Pack,
}

/// Where an object stands.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere yet.
    Reserved,
    /// So many bytes from the beginning.
    Offset(u64),
    /// In an object stream, as its so-manieth object.
    Packed { stream: u32, index: u16 },
}

/// An object stream that is still being filled.
#[derive(Default)]
struct Pack {
    /// The number of the stream, once it holds something.
    id: u32,
    head: Vec<u8>,
    body: Vec<u8>,
    count: u16,
}

impl<W: Write> PdfFile<W> {
    /// Begins a file.
    pub fn begin(out: W) -> io::Result<Self> {
        let (hasher, pack) = (blake3::Hasher::new(), Pack::default());
        let mut file = Self { out, offset: 0, hasher, places: Vec::new(), pack };
        // 1.7 for the printing preferences; four high bytes tell transports that this is no text.
        file.write(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(file)
    }

    /// Returns the number of an object to be written later.
    pub fn reserve(&mut self) -> u32 {
        self.places.push(Place::Reserved);
        self.places.len() as u32
    }

    /// Writes a stream: `entries` are its dictionary without brackets and length.
    pub fn stream(&mut self, id: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        self.places[id as usize - 1] = Place::Offset(self.offset);
        let mut object = Vec::with_capacity(entries.len() + data.len() + 64);
        push_integer(&mut object, id.into());
        object.extend_from_slice(b" 0 obj\n<<");
        object.extend_from_slice(entries);
        object.extend_from_slice(b"/Length ");
        push_integer(&mut object, data.len() as u64);
        object.extend_from_slice(b">>stream\n");
        object.extend_from_slice(data);
        object.extend_from_slice(b"\nendstream\nendobj\n");
        self.write(&object)
    }

    /// Writes a compressed stream.
    pub fn deflated(&mut self, id: u32, entries: &[u8], deflated: &[u8]) -> io::Result<()> {
        self.stream(id, &[entries, b"/Filter/FlateDecode"].concat(), deflated)
    }

    /// Writes an object that is no stream; it is packed together with others.
    pub fn object(&mut self, id: u32, object: &[u8]) -> io::Result<()> {
        if self.pack.count == 0 {
            self.pack.id = self.reserve();
        }
        let Pack { id: stream, head, body, count } = &mut self.pack;
        self.places[id as usize - 1] = Place::Packed { stream: *stream, index: *count };
        push_integer(head, id.into());
        head.push(b' ');
        push_integer(head, body.len() as u64);
        head.push(b' ');
        body.extend_from_slice(object);
        body.push(b'\n');
        *count += 1;
        if usize::from(*count) < PACK { Ok(()) } else { self.unload() }
    }

    fn unload(&mut self) -> io::Result<()> {
        let Pack { id, head, body, count } = std::mem::take(&mut self.pack);
        if count == 0 {
            return Ok(());
        }
        let entries = format!("/Type/ObjStm/N {count}/First {}", head.len());
        self.deflated(id, entries.as_bytes(), &deflate(&[head, body].concat()))
    }

    /// Ends the file; `root` and `info` are the numbers of its catalogue and its description.
    pub fn finish(mut self, root: u32, info: u32) -> io::Result<W> {
        self.unload()?;
        let id = self.reserve();
        let start = self.offset;
        self.places[id as usize - 1] = Place::Offset(start);
        let (widths, table) = self.table();
        let mut entries = b"/Type/XRef/Root ".to_vec();
        push_reference(&mut entries, root);
        entries.extend_from_slice(b"/Info ");
        push_reference(&mut entries, info);
        // The name of the file follows from its content, so that the same content has the same name.
        let name = &self.hasher.finalize().to_hex()[..32];
        let size = self.places.len() + 1;
        entries.extend_from_slice(
            format!("/Size {size}/W[1 {} {}]/ID[<{name}><{name}>]", widths[0], widths[1])
                .as_bytes(),
        );
        self.deflated(id, &entries, &deflate(&table))?;
        self.write(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Returns the table of places, and how many bytes its second and third column take.
    fn table(&self) -> ([usize; 2], Vec<u8>) {
        let rows: Vec<(u8, u64, u64)> = std::iter::once((0, 0, u64::from(u16::MAX)))
            .chain(self.places.iter().map(|place| match *place {
                Place::Reserved => (0, 0, u64::from(u16::MAX)),
                Place::Offset(offset) => (1, offset, 0),
                Place::Packed { stream, index } => (2, stream.into(), index.into()),
            }))
            .collect();
        let bytes = |largest: u64| (64 - largest.leading_zeros() as usize).div_ceil(8).max(1);
        let widths = [
            bytes(rows.iter().map(|row| row.1).max().unwrap_or(0)),
            bytes(rows.iter().map(|row| row.2).max().unwrap_or(0)),
        ];
        let mut table = Vec::with_capacity(rows.len() * (1 + widths[0] + widths[1]));
        for (kind, first, second) in rows {
            table.push(kind);
            table.extend_from_slice(&first.to_be_bytes()[8 - widths[0]..]);
            table.extend_from_slice(&second.to_be_bytes()[8 - widths[1]..]);
        }
        (widths, table)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.offset += bytes.len() as u64;
        self.hasher.update(bytes);
        self.out.write_all(bytes)
    }
}
