/* An ordinary program: as much CPU as a hostile one gets, and then an end of its own. */
#include <time.h>

int main(void)
{
    while (clock() < CLOCKS_PER_SEC * 9 / 100)
        ;
    return 0;
}
