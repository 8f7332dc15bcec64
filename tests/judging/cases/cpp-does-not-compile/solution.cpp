#include <iostream>
int main() {
    undeclared();
}
