use super::*;

#[test]
fn experiment() {
    let run = |people, grouping, table, odd, rounds, apart: &[(usize, usize)]| {
        let request =
            RotationRequest { people, grouping, table, rounds, odd, apart, past: &[], seed: 1 };
        let start = std::time::Instant::now();
        let rotation = request.rotate();
        let m = rotation.meetings;
        let mut met = met::Met::new(&request);
        rotation.rounds.iter().for_each(|r| met.add(r));
        let sp: Vec<u32> = (0..people).map(|p| met.spare(p)).collect();
        let un = sp.iter().max().unwrap() - sp.iter().min().unwrap();
        println!(
            "{people} {grouping:?} {table} {odd:?} x{rounds} apart {}: again {} bound {} apart {} uneven {un} in {:?}",
            apart.len(),
            m.again,
            m.bound,
            m.apart.len(),
            start.elapsed()
        );
    };
    use Grouping::*;
    use Odd::*;
    for n in [5, 7, 9, 11, 13, 15, 17, 21, 25, 31, 51, 101, 201] {
        for r in [2, 3, 4, 5, 6, 8, 10, 12] {
            if r < n {
                run(n, Pairs, 0, Triad, r, &[]);
            }
        }
    }
    for (n, r) in [(10, 8), (10, 7), (12, 10), (14, 12), (14, 10), (20, 15), (200, 10)] {
        run(n, Pairs, 0, Triad, r, &[(0, 1)]);
        run(n, Pairs, 0, Triad, r, &[(0, 1), (1, 2), (0, 2)]);
        run(n, Pairs, 0, Triad, r, &[(0, 1), (0, 2), (0, 3)]);
    }
    for (n, k, r) in [
        (12, 4, 3),
        (16, 4, 5),
        (20, 4, 5),
        (20, 5, 4),
        (24, 6, 3),
        (25, 5, 6),
        (30, 6, 4),
        (32, 4, 8),
        (9, 3, 4),
        (15, 3, 7),
        (18, 3, 7),
        (200, 6, 10),
        (36, 6, 3),
        (40, 6, 5),
        (28, 6, 3),
        (18, 6, 3),
    ] {
        run(n, Tables, k, Triad, r, &[]);
    }
    for (n, r) in [(12, 6), (13, 5), (14, 8), (20, 5)] {
        run(n, Threes, 0, Triad, r, &[]);
    }
    for (n, r) in [(12, 6), (12, 8), (13, 5), (13, 7), (21, 10), (7, 3)] {
        run(n, Circles, 0, Triad, r, &[]);
        run(n, Circles, 0, Rest, r, &[]);
        run(n, Circles, 0, Triad, r, &[(0, 1), (2, 3), (3, 4)]);
    }
}
