fn main() {
    println!("{:?}", [option_env!("HOSTNAME"), option_env!("OJ_STATE_DIR"), option_env!("SSH_AUTH_SOCK"), option_env!("USER")]);
}
