const fn forever() -> u64 {
    let mut n: u64 = 1;
    while n != 0 {
        n = n.wrapping_mul(3) | 1;
    }
    n
}
const VALUE: u64 = forever();
fn main() { println!("{}", VALUE); }
