/* A wrong clock on the wall, for LD_PRELOAD; clocks that only count are right.
   WALL_SPEED is how many seconds it goes on in one (below zero: it runs backwards), WALL_AHEAD how many it is ahead. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long long wall(void) {  /* nanoseconds since 1970 */
    static int (*real)(clockid_t, struct timespec *);
    static long long began, speed, ahead;
    struct timespec now;
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    real(CLOCK_REALTIME, &now);
    long long time = now.tv_sec * 1000000000LL + now.tv_nsec;
    if (!began) {
        speed = atoll(getenv("WALL_SPEED"));
        ahead = atoll(getenv("WALL_AHEAD")) * 1000000000LL;
        began = time;
    }
    return began + ahead + speed * (time - began);
}

int clock_gettime(clockid_t clock, struct timespec *out) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) return real(clock, out);
    long long time = wall();
    out->tv_sec = time / 1000000000LL;
    out->tv_nsec = time % 1000000000LL;
    return 0;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone) {
    (void)zone;
    long long time = wall();
    out->tv_sec = time / 1000000000LL;
    out->tv_usec = time % 1000000000LL / 1000;
    return 0;
}

time_t time(time_t *out) {
    time_t seconds = wall() / 1000000000LL;
    if (out) *out = seconds;
    return seconds;
}
