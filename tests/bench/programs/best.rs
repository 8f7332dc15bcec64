use std::io::{self, Read};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let numbers: Vec<i64> = text.split_whitespace().skip(1).map(|word| word.parse().unwrap()).collect();
    let mut run = numbers[0];
    let mut best = run;
    for &number in &numbers[1..] {
        run = number.max(run + number);
        best = best.max(run);
    }
    println!("{}", best);
}
