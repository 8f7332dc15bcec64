
mod oj_harness {
    use std::collections::{HashMap, HashSet};
    use std::hash::Hash;
    #[allow(unused_imports)]
    use super::*;

    pub struct Input { raw: Vec<u8>, at: usize }
    impl Input {
        pub fn new() -> Input {
            let mut raw = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin(), &mut raw).unwrap();
            Input { raw, at: 0 }
        }
        fn take<const N: usize>(&mut self) -> [u8; N] {
            self.at += N;
            self.raw[self.at - N..self.at].try_into().unwrap()
        }
        pub fn count(&mut self) -> usize { u32::from_le_bytes(self.take()) as usize }
        pub fn flag(&mut self) -> bool { self.take::<1>()[0] == 1 }
        pub fn get<T: Wire>(&mut self) -> T { T::read(self) }
    }

    pub struct Output { pub raw: Vec<u8>, pub wrong: Option<&'static str> }
    impl Output {
        pub fn count(&mut self, n: usize) { self.raw.extend((n as u32).to_le_bytes()); }
    }

    pub trait Wire: Sized {
        fn read(input: &mut Input) -> Self;
        fn write(&self, out: &mut Output);
    }
    macro_rules! plain {
        ($($t:ty),*) => {$(impl Wire for $t {
            fn read(input: &mut Input) -> Self { <$t>::from_le_bytes(input.take()) }
            fn write(&self, out: &mut Output) { out.raw.extend(self.to_le_bytes()); }
        })*};
    }
    plain!(i32, i64, f64);
    impl Wire for bool {
        fn read(input: &mut Input) -> Self { input.flag() }
        fn write(&self, out: &mut Output) { out.raw.push(*self as u8); }
    }
    impl Wire for char {
        fn read(input: &mut Input) -> Self { input.take::<1>()[0] as char }
        fn write(&self, out: &mut Output) {
            if !self.is_ascii() { out.wrong = Some("a char is one ASCII character"); }
            out.raw.push(*self as u8);
        }
    }
    impl Wire for String {
        fn read(input: &mut Input) -> Self {
            let size = input.count();
            input.at += size;
            String::from_utf8(input.raw[input.at - size..input.at].to_vec()).unwrap()
        }
        fn write(&self, out: &mut Output) {
            out.count(self.len());
            out.raw.extend(self.as_bytes());
        }
    }
    impl<T: Wire> Wire for Option<T> {
        fn read(input: &mut Input) -> Self { if input.flag() { Some(input.get()) } else { None } }
        fn write(&self, out: &mut Output) {
            out.raw.push(self.is_some() as u8);
            if let Some(value) = self { value.write(out); }
        }
    }
    impl<T: Wire> Wire for Vec<T> {
        fn read(input: &mut Input) -> Self { (0..input.count()).map(|_| input.get()).collect() }
        fn write(&self, out: &mut Output) {
            out.count(self.len());
            for value in self { value.write(out); }
        }
    }
    impl<T: Wire + Eq + Hash> Wire for HashSet<T> {
        fn read(input: &mut Input) -> Self { (0..input.count()).map(|_| input.get()).collect() }
        fn write(&self, out: &mut Output) {
            out.count(self.len());
            for value in self { value.write(out); }
        }
    }
    impl<K: Wire + Eq + Hash, V: Wire> Wire for HashMap<K, V> {
        fn read(input: &mut Input) -> Self {
            (0..input.count()).map(|_| { let key = input.get(); (key, input.get()) }).collect()
        }
        fn write(&self, out: &mut Output) {
            out.count(self.len());
            for (key, value) in self { key.write(out); value.write(out); }
        }
    }
/*OJ_NODES*/
    /* Ends the process without dropping anything: what the learner's program left is of no interest. */
    pub fn finish<T: Wire>(result: &T) -> ! {
        let mut out = Output { raw: vec![1], wrong: None };
        result.write(&mut out);
        if let Some(why) = out.wrong {
            out.raw = vec![2];
            why.to_string().write(&mut out);
        }
        std::fs::write("/scratch/oj_reply", &out.raw).unwrap();
        let _ = std::io::Write::flush(&mut std::io::stdout());
        std::process::exit(0)
    }
}

fn main() {
    #[allow(unused_mut, unused_variables)]
    let mut oj_in = oj_harness::Input::new();
/*OJ_CALL*/
}
