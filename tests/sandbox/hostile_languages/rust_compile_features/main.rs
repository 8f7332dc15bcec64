#![feature(asm_experimental_arch, rustc_attrs, link_args)]
#[link(name = "c", kind = "static", modifiers = "+whole-archive")]
extern "C" {}
fn main() {}
