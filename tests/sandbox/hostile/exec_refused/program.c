__attribute__((section(".interp"), used)) static const char interpreter[] = "/nonexistent";

int main(void) { return 0; }
