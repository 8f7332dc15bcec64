char block[1 << 30] = {1};
int main(void) { return block[5]; }
