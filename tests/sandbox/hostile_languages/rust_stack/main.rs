#[inline(never)]
fn fall(n: u64) -> u64 {
    let page = [n; 512];
    std::hint::black_box(&page);
    fall(n + 1) + page[7]
}

fn main() {
    println!("{}", fall(0));
}
