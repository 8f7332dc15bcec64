fn main() {
    let threads: Vec<_> = (0..16)
        .map(|_| std::thread::spawn(|| {
            let mut kept: Vec<Vec<u8>> = Vec::new();
            loop {
                kept.push(vec![1u8; 1 << 20]);
            }
        }))
        .collect();
    for thread in threads {
        let _ = thread.join();
    }
}
