#![crate_type = "proc-macro"]
extern crate proc_macro;
#[proc_macro]
pub fn attack(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    std::fs::write("/scratch/solution", "x").unwrap();
    proc_macro::TokenStream::new()
}
