volatile int depth;

static int fall(int n) {
  volatile char page[4096];
  page[n % 4096] = 1;
  return fall(n + 1) + page[0] + depth;
}

int main(void) { return fall(0); }
